import type { Files } from "../program/requirement.ts";

const names = /^(licen[cs]e|copying|unlicense)(\.(md|txt|rst))?$/i;
/** Words that tell a licence, the more particular ones first. */
const signs: readonly (readonly [RegExp, string])[] = [
  [/GNU AFFERO GENERAL PUBLIC LICENSE/i, "AGPL-3.0-or-later"],
  [/GNU LESSER GENERAL PUBLIC LICENSE/i, "LGPL-3.0-or-later"],
  [/GNU GENERAL PUBLIC LICENSE\s+Version 2/i, "GPL-2.0-or-later"],
  [/GNU GENERAL PUBLIC LICENSE/i, "GPL-3.0-or-later"],
  [/Apache License\s+Version 2\.0|Apache License, Version 2\.0/i, "Apache-2.0"],
  [/Mozilla Public License[\s\S]{0,40}2\.0/i, "MPL-2.0"],
  [/This is free and unencumbered software/i, "Unlicense"],
  [/Permission is hereby granted, free of charge/i, "MIT"],
  [/Neither the name of/i, "BSD-3-Clause"],
  [/Redistribution and use in source and binary forms/i, "BSD-2-Clause"],
  [/Permission to use, copy, modify, and\/or distribute[\s\S]{0,400}provided that/i, "ISC"],
  [/Permission to use, copy, modify, and\/or distribute/i, "0BSD"],
];

/** Guesses the licence of a repository, as an SPDX identifier, from the beginning of its licence text. */
export function licenseOf(files: Files): string | undefined {
  const path = [...files.keys()].find((candidate) => names.test(candidate));
  const text = path === undefined ? "" : (files.get(path) ?? "").slice(0, 4000);
  return signs.find(([words]) => words.test(text))?.[1];
}
