"""What a page may load and run: only what it uses, from its own folder, enforced by a
Content-Security-Policy in the page itself.

The theme loads a megabyte and a half of icons and scripts that write to the console and to storage.
The book's own ``shell.js`` does what readers need of them (menus, search box, light and dark) and
``shell.css`` draws the icons.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from pathlib import Path

import tinycss2

from assessment.presentation import words

ASSETS = Path(__file__).parents[1] / "assets"
# Runs before the first paint, so it is the one script inside the page: no flash of the wrong
# colours, fonts on their way.
START = (
    "(()=>{const d=document.documentElement;let"
    ' m="auto";try{m=localStorage.getItem("mode")||m}catch{}'
    'd.dataset.mode=m;d.dataset.theme=m==="auto"?matchMedia("(prefers-color-scheme:'
    ' dark)").matches?"dark":"light":m;d.classList.add("js");'
    'if(location.protocol!=="file:")for(const f'
    ' of["Regular","Semibold"])document.head.append(Object.assign(document.createElement("link"),'
    '{rel:"preload",as:"font",type:"font/woff2",crossOrigin:"",href:d.dataset.content_root+`_static/book/fonts/VurderingSans-${f}.woff2`}))})()'
)
DROPPED = (
    "fontawesome",
    "bootstrap.js",
    "pydata-sphinx-theme.js",
    "sphinx-book-theme.js",
    "togglebutton",
    "design-tabs",
    "sphinx_highlight",
    "thebe",
)
# A file is kept only on pages whose text matches.
ONLY_WITH = {
    "sphinx-design": r'class="[^"]*\bsd-',
    "copybutton": r'class="highlight',
    "clipboard": r'class="highlight',
    "mystnb": r'class="cell|class="[^"]*cell_',
    "doctools": r"searchtools\.js",
    "documentation_options": r'searchtools\.js|class="highlight',
}
THEMES_OWN = (
    "dataset.mode = localStorage",
    "toggleHint",
    "toggleOpenOnPrint",
    "togglebuttonSelector",
    "DOCUMENTATION_OPTIONS",
    "kernelName",
    "THEBE_JS_URL",
    "form.bd-search input",
)
UNUSED = (
    "scripts",
    "styles",
    "vendor",
    "locales",
    "images",
    "sphinx-thebe.js",
    "sphinx-thebe.css",
    "togglebutton.js",
    "togglebutton.css",
    "design-tabs.js",
    "sphinx_highlight.js",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
    "copybutton_funcs.js",
)

# what makes a page wider; a style that looks for it with :has() would be asked again for every
# element that arrives
HOLDS = ("first-screen", "facts")
SHEET = "_static/book/all.css"


class InlineScript(ValueError):
    """A page carries a script or a style that the policy would block."""


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {_source(START)}",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)


def sealed(html: str, name: str) -> str:
    """The page with only what it uses, and the policy before everything else. Raises InlineScript,
    naming page and script, for one nobody vouched for.
    """
    if 'http-equiv="Content-Security-Policy"' in html:
        return html

    def script(found: re.Match) -> str:
        attributes, body = found[1], found[2]
        if source := re.search(r'src="([^"]*)"', attributes):
            return (
                ""
                if _unused(source[1], html)
                else (
                    found[0]
                    if "defer" in attributes
                    else found[0].replace("<script", "<script defer", 1)
                )
            )
        if kind := re.search(r'type="([^"]*)"', attributes):
            return "" if "thebe" in kind[1] else found[0]  # data, not a script
        if any(known in body for known in THEMES_OWN):
            return ""
        raise InlineScript(
            f"{name}: the page's policy would block this script; put it into a file of book/assets:"
            f" {' '.join(body.split())[:120]}"
        )

    html = re.sub(r"<script\b([^>]*)>(.*?)</script>\s*", script, html, flags=re.DOTALL)
    html = re.sub(
        r"<link\b[^>]*href=\"([^\"]*)\"[^>]*>\s*",
        lambda m: (
            ""
            if 'rel="preload"' in m[0] or ("stylesheet" in m[0] and _unused(m[1], html))
            else m[0]
        ),
        html,
    )
    html = re.sub(r"<noscript>\s*<style>.*?</style>\s*</noscript>", "", html, flags=re.DOTALL)
    if found := re.search(
        r"<style\b[^>]*>|<[a-z][^>]*\s(?:style|on[a-z]+)=\"[^\"]*\"", _markup(html)
    ):
        raise InlineScript(
            f"{name}: the page's policy would block this; put it into a file of book/assets:"
            f" {found[0][:120]}"
        )
    html = re.sub(
        r'<div id="ethical-ad-placement".*?</div>|<div'
        r' class="pst-async-banner-revealer.*?</aside>\s*</div>|<button type="button" class="btn'
        r' rounded-pill" id="pst-back-to-top">.*?</button>',
        "",
        html,
        flags=re.DOTALL,
    )
    html = re.sub(r'\s*<meta name="viewport"[^>]*>', "", html)
    # known from the first byte, so that its room is kept before it arrives
    contents = " data-contents" if 'id="pst-secondary-sidebar"' in html else ""
    if found := [
        name for name in HOLDS if re.search(rf'class="[^"]*(?<![\w-]){name}(?![\w-])', html)
    ]:
        contents += f' data-holds="{" ".join(found)}"'
    html = re.sub(
        r"<html\b[^>]*?(data-content_root=\"[^\"]*\")[^>]*>",
        rf'<html lang="{words.LANGUAGE}" \1 data-mode="auto" data-theme="light"{contents}>',
        html,
        count=1,
    )
    head = (
        '<meta charset="utf-8" />\n<meta http-equiv="Content-Security-Policy"'
        f' content="{POLICY}">\n<meta name="viewport" content="width=device-width,'
        f' initial-scale=1">\n<script>{START}</script>'
    )
    return re.sub(r'<meta charset="utf-8" />', lambda _: head, html, count=1)


def needed(css: str, names: set[str]) -> str:
    """The style sheet without fonts of icons, without rules for classes that are not among
    ``names`` (the theme styles far more than this book uses) and without :has(), which slows down
    every page.
    """

    def selectors(prelude: str) -> str:
        wanted = [
            one
            for one in re.split(r",(?![^(]*\))", prelude)
            if ":has(" not in one
            and set(
                re.findall(r"\.(-?[A-Za-z_][\w-]*)", re.sub(r":(?:not|is|where)\([^)]*\)", "", one))
            )
            <= names
        ]
        return ",".join(wanted)

    def rule(node) -> str:
        if node.type == "qualified-rule":
            kept = selectors(tinycss2.serialize(node.prelude))
            return f"{kept}{{{tinycss2.serialize(node.content)}}}" if kept else ""
        if node.type == "at-rule" and node.content is not None:
            if node.lower_at_keyword in ("media", "supports"):
                inner = "".join(
                    map(
                        rule,
                        tinycss2.parse_rule_list(
                            node.content, skip_comments=True, skip_whitespace=True
                        ),
                    )
                )
                return (
                    f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{inner}}}"
                    if inner
                    else ""
                )
            if node.lower_at_keyword == "font-face" and "Awesome" in tinycss2.serialize(
                node.content
            ):
                return ""
        return node.serialize()

    return "".join(
        map(rule, tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
    )


def _sheet(path: Path, names: set[str]) -> str:
    """A style sheet as it goes into the one all pages share: the theme's cut down, the book's own
    as it is.
    """
    text = path.read_text(encoding="utf-8")
    return text if path.parent.name == "book" else needed(text, names)


def with_one_sheet(html: str, version: str) -> str:
    """The page with one link to a style sheet instead of ten: one request less waits for another
    before the first paint.
    """
    links = re.findall(r'<link\b[^>]*rel="stylesheet"[^>]*>', html)
    for link in links[1:]:
        html = html.replace(link, "", 1)
    root = re.search(r'data-content_root="([^"]*)"', html)[1]
    return (
        html.replace(links[0], f'<link rel="stylesheet" href="{root}{SHEET}?v={version}">', 1)
        if links
        else html
    )


def _unused(address: str, html: str) -> bool:
    file = re.sub(r"\?.*", "", address).rpartition("/")[2]
    if "book/" in address:
        return False
    return any(name in file for name in DROPPED) or any(
        name in file and not re.search(pattern, html) for name, pattern in ONLY_WITH.items()
    )


def _markup(html: str) -> str:
    """The page without the text of scripts, where anything may be written."""
    return re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)


def seal(app, failure) -> None:
    """Seals every page of the site and removes the theme's files that none of them loads."""
    if failure or app.builder.name != "html":
        return
    site = Path(app.outdir)
    names: set[str] = set()
    linked: dict[str, None] = {}  # in the order in which pages link them, which is the same on all
    used: set[str] = set()
    sealed_pages = {}
    for page in sorted(p for p in site.rglob("*.html") if "_static" not in p.parts):
        name, text = page.relative_to(site).as_posix(), page.read_text(encoding="utf-8")
        sheets = re.findall(r'<link\b[^>]*href="[^"]*?_static/([^"?]*\.css)[^>]*>', text)
        linked |= dict.fromkeys(sheets)
        used |= {sheet for sheet in sheets if not _unused(sheet, text)}
        sealed_pages[page] = sealed(text, name)
        names |= {
            name
            for found in re.findall(r'class="([^"]*)"', sealed_pages[page])
            for name in found.split()
        }
    # classes that scripts add later
    for script in [*(site / "_static").glob("*.js"), *ASSETS.glob("*.js")]:
        names |= set(re.findall(r"[A-Za-z][\w-]+", script.read_text(encoding="utf-8")))
    sheets = [site / "_static" / sheet for sheet in linked if sheet in used]
    whole = "\n".join(_sheet(sheet, names) for sheet in sheets)
    (site / SHEET).write_text(whole, encoding="utf-8")
    version = hashlib.sha256(whole.encode()).hexdigest()[:8]
    for page, text in sealed_pages.items():
        page.write_text(with_one_sheet(text, version), encoding="utf-8")
    for gone in [
        *sheets,
        *(site / "_static" / name for name in UNUSED),
        *(site / "_static").rglob("*.map"),
    ]:
        shutil.rmtree(gone, ignore_errors=True) if gone.is_dir() else gone.unlink(missing_ok=True)
