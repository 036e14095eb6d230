import { expect, it } from "vitest";
import {
  checkoutFolder,
  repositoryExpectation,
} from "../../generators/_core/project/repository-address.ts";

it.for([
  ["https://git.example.org/example/deployment", "deployment"],
  ["https://git.example.org/example/deployment.git", "deployment"],
  ["https://git.example.org:8443/~example/deployment/", "deployment"],
] as const)("takes %s, cloned into %s", ([address, folder]) => {
  expect(repositoryExpectation(address)).toBeUndefined();
  expect(checkoutFolder(address)).toBe(folder);
});

it.for([
  "http://git.example.org/a/b",
  "git@git.example.org:a/b.git",
  "https://user:secret@git.example.org/a/b",
  "https://git.example.org/a/b; rm -rf /",
  "https://git.example.org/$(id)/b",
  "https://git.example.org/a/b?c=d",
  "https://git.example.org/a/-b",
  "https://git.example.org",
  "https://git.example.org/a/..",
])("refuses %s", (address) => {
  expect(repositoryExpectation(address)).toMatch(/^expected /);
});
