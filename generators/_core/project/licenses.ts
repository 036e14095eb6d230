/** The licences whose text can be written, by SPDX identifier; see `templates/_shared/licenses`. */
export const licenses = [
  { id: "MIT", title: "MIT License" },
  { id: "Apache-2.0", title: "Apache License 2.0" },
  { id: "BSD-2-Clause", title: 'BSD 2-Clause "Simplified" License' },
  { id: "BSD-3-Clause", title: 'BSD 3-Clause "New" or "Revised" License' },
  { id: "ISC", title: "ISC License" },
  { id: "0BSD", title: "BSD Zero Clause License" },
  { id: "MPL-2.0", title: "Mozilla Public License 2.0" },
  { id: "GPL-3.0-or-later", title: "GNU General Public License v3.0 or later" },
  { id: "AGPL-3.0-or-later", title: "GNU Affero General Public License v3.0 or later" },
  { id: "Unlicense", title: "The Unlicense" },
] as const;
