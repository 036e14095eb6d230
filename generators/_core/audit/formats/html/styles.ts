/**
 * The style of the page. Every pair of text and ground passes 4.5:1 in light and in dark; no state is
 * told by colour alone.
 */
export const styles = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f6f8fa; --text: #1f2328; --quiet: #57606a; --rule: #d0d7de;
  --good: #116329; --good-ground: #dafbe1; --bad: #a40e26; --bad-ground: #ffebe9;
  --look: #7d4e00; --look-ground: #fff8c5; --link: #0550ae;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --panel: #161b22; --text: #e6edf3; --quiet: #9da7b1; --rule: #30363d;
    --good: #7ee787; --good-ground: #12301c; --bad: #ffa198; --bad-ground: #3d1517;
    --look: #f2cc60; --look-ground: #332a0b; --link: #79c0ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 2.5rem; line-height: 1.15; letter-spacing: -0.02em; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.35rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: 0.4rem 0; }
a { color: var(--link); }
code, pre, .quote { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.85rem; }
.over { color: var(--quiet); margin: 0; }
.ladder { display: flex; flex-wrap: wrap; gap: 0.5rem; list-style: none; margin: 1.25rem 0; padding: 0; }
.ladder li { flex: 1 1 10rem; border: 1px solid var(--rule); border-top: 0.35rem solid var(--quiet); border-radius: 0.4rem; padding: 0.5rem 0.8rem; }
.ladder .good { border-top-color: var(--good); }
.ladder .bad { border-top-color: var(--bad); }
.ladder strong { display: block; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1.25rem; margin: 1rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
article { border: 1px solid var(--rule); border-radius: 0.4rem; margin: 0.75rem 0; padding: 0.8rem 1rem; }
article header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.3rem 0.8rem; }
.id { color: var(--quiet); }
.chip { border-radius: 1rem; padding: 0 0.65rem; font-size: 0.85rem; font-weight: 600; border: 1px solid currentColor; white-space: nowrap; }
.good { color: var(--good); } .chip.good { background: var(--good-ground); }
.bad { color: var(--bad); } .chip.bad { background: var(--bad-ground); }
.look { color: var(--look); } .chip.look { background: var(--look-ground); }
.plain { color: var(--quiet); }
.ladder li { color: var(--text); }
figure { margin: 0.6rem 0 0; }
figcaption { color: var(--quiet); font-size: 0.85rem; }
.lines, pre { background: var(--panel); border: 1px solid var(--rule); border-radius: 0.3rem; margin: 0.2rem 0 0; padding: 0.35rem 0; white-space: pre-wrap; }
.lines { display: block; }
.row { display: flex; padding: 0 0.6rem; }
.row .number { flex: none; width: 3.2rem; color: var(--quiet); text-align: right; padding-right: 0.8rem; user-select: none; }
.row.found { background: var(--good-ground); }
.row.found.about { background: var(--look-ground); }
.quote { background: var(--panel); border-left: 0.25rem solid var(--rule); margin: 0.2rem 0 0; padding: 0.4rem 0.8rem; }
ins { color: var(--good); background: var(--good-ground); text-decoration: underline; font-weight: 600; }
del { color: var(--bad); background: var(--bad-ground); text-decoration: line-through; }
.advice { border-left: 0.25rem solid var(--look); padding-left: 0.8rem; margin-top: 0.7rem; }
pre { padding: 0.6rem 0; }
pre span { display: block; padding: 0 0.8rem; min-height: 1.3em; }
pre .added { color: var(--good); background: var(--good-ground); }
pre .removed { color: var(--bad); background: var(--bad-ground); }
pre .place { color: var(--quiet); }
footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: 1rem; color: var(--quiet); font-size: 0.85rem; }
@media (max-width: 36rem) {
  h1 { font-size: 2rem; }
  .ladder { flex-direction: column; }
  .ladder li { flex: none; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.4rem; }
  .row .number { width: 2.2rem; padding-right: 0.5rem; }
  article { padding: 0.7rem; }
}
@media print {
  :root {
    --ground: #ffffff; --panel: #ffffff; --text: #000000; --quiet: #444444; --rule: #999999;
    --good: #0b4d1e; --good-ground: #ffffff; --bad: #8a0b1f; --bad-ground: #ffffff;
    --look: #5c3900; --look-ground: #ffffff; --link: #000000;
  }
  body { max-width: none; padding: 0; font-size: 10pt; }
  article, figure, .ladder, .row { break-inside: avoid; }
  h2, h3, article header, figcaption { break-after: avoid; }
  a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.8em; }
}
`;
