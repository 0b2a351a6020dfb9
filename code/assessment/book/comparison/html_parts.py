"""The frame of the HTML report: one file with its style and its keys, asking for nothing else."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5a6675; --page: #fff; --box: #f4f6f8;
  --line: #d5dbe2; --link: #0a58a8; --old: #8f1d14; --old-on: #fdeae7; --new: #0b5c2e;
  --new-on: #e2f5e8; --warn: #fff4d6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ef; --soft: #a5b0bd; --page: #14191f;
  --box: #1d242c; --line: #39434e; --link: #8cc2f5; --old: #ffb3aa; --old-on: #47211d;
  --new: #a5e6bd; --new-on: #17391f; --warn: #3d3413; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: break-word;
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
a { color: var(--link); }
main { max-width: 72rem; padding: 1.5rem 1rem 4rem; min-width: 0; }
nav { padding: 1rem; background: var(--box); border-bottom: 1px solid var(--line); font-size: .94rem; }
nav ol { list-style: none; margin: .5rem 0; padding: 0; }
nav li { margin: .15rem 0; }
nav a { display: flex; justify-content: space-between; gap: .75rem; padding: .2rem .4rem;
  text-decoration: none; border-radius: .25rem; }
nav a:hover, nav a[aria-current] { background: var(--page); text-decoration: underline; }
nav .count { color: var(--soft); font-variant-numeric: tabular-nums; }
nav summary { cursor: pointer; font-weight: 600; }
button { font: inherit; font-size: .88rem; color: var(--ink); background: var(--page);
  border: 1px solid var(--line); border-radius: .25rem; padding: .25rem .6rem; cursor: pointer; }
kbd { font: .85em ui-monospace, monospace; border: 1px solid var(--line); border-radius: .2rem;
  padding: 0 .25rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-top: .5rem; border-top: 2px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .4rem; }
h4 { font-size: .95rem; margin: 1.25rem 0 .3rem; }
h4 .state, .soft { color: var(--soft); font-weight: 400; }
.soft { font-size: .9rem; }
.notice { background: var(--warn); padding: .5rem .75rem; border-radius: .25rem; }
.wide { overflow-x: auto; margin: .5rem 0 1rem; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line);
  min-width: 4.5rem; max-width: 30rem; }
thead th { background: var(--box); white-space: nowrap; }
td.number { text-align: right; white-space: nowrap; }
tr.turn td { background: var(--warn); }
del { color: var(--old); background: var(--old-on); text-decoration: line-through; }
ins { color: var(--new); background: var(--new-on); text-decoration: underline; }
del + ins { margin-left: .25em; }
.stop:focus { outline: none; }
.stop:focus h2 { border-top-color: var(--link); }
ul.said { padding-left: 0; list-style: none; }
ul.said li { padding: .45rem .75rem; border-left: 3px solid var(--line); margin: .5rem 0;
  max-width: 48rem; }
code, pre { font: .88em ui-monospace, "Liberation Mono", monospace; }
pre { white-space: pre-wrap; background: var(--box); padding: .75rem; border-radius: .25rem; }
details > summary { cursor: pointer; }
tbody th { font-weight: 400; }
.moves th[scope=row] { min-width: 16rem; }
.moves td { max-width: 9rem; }
.moves td:last-child { white-space: nowrap; max-width: none; }
.moves td.number { white-space: normal; }
@media (max-width: 40rem) {
  th, td { min-width: 3rem; padding: .3rem .4rem; }
  thead th { white-space: normal; }
  .moves thead { display: none; }
  .moves tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .moves th[scope=row] { display: block; font-weight: 600; }
  .moves :is(td, th) { border: 0; padding: 0 .6rem 0 0; max-width: none; }
  .moves td { display: inline-block; min-width: 0; }
  .moves td:empty { display: none; }
}
@media (min-width: 62rem) {
  body { display: grid; grid-template-columns: 19rem minmax(0, 1fr); }
  nav { border-bottom: 0; border-right: 1px solid var(--line); height: 100vh; position: sticky; top: 0;
    overflow-y: auto; }
  main { padding: 2rem 2.5rem 6rem; }
}
@media print { nav { display: none; } }
"""

# n and p go to the next and the previous stop; the list is folded on a narrow screen.
KEYS = """
const stops = [...document.querySelectorAll(".stop")];
const links = [...document.querySelectorAll("nav li a")];
const list = document.querySelector("nav details");
const narrow = matchMedia("(max-width: 61.99rem)");
list.open = !narrow.matches;
let here = -1;
function mark() {
  here = stops.findLastIndex((stop) => stop.getBoundingClientRect().top < 120);
  for (const link of links) {
    if (stops[here] && link.hash === "#" + stops[here].id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
function go(step) {
  mark();
  const wanted = stops[Math.max(0, Math.min(stops.length - 1, here + step))];
  wanted.scrollIntoView();
  wanted.focus({ preventScroll: true });
}
document.addEventListener("scroll", mark, { passive: true });
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") go(1);
  if (event.key === "p") go(-1);
});
document.querySelector("#next").addEventListener("click", () => go(1));
document.querySelector("#previous").addEventListener("click", () => go(-1));
for (const link of links) link.addEventListener("click", () => { if (narrow.matches) list.open = false; });
mark();
"""

FRAME = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<nav aria-label="What differs">
<details open><summary>What differs</summary>
<ol>
{links}
</ol>
</details>
<button type="button" id="previous">Previous <kbd>p</kbd></button>
<button type="button" id="next">Next <kbd>n</kbd></button>
</nav>
<main>
{body}
</main>
<script>{keys}</script>
</body>
</html>
"""


def framed(title: str, links: str, body: str) -> str:
    """The whole file; ``title`` is escaped, ``links`` are list items, ``body`` is HTML."""
    return FRAME.format(title=title, style=STYLE, links=links, body=body, keys=KEYS)
