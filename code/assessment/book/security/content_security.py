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
from pathlib import Path

from assessment.presentation import words

ASSETS = Path(__file__).parents[1] / "assets"


# Runs before the first paint, so it is the one script inside the page: no flash of the wrong
# colours, fonts on their way.
START = (
    "(()=>{const d=document.documentElement;let"
    ' m="auto";try{m=localStorage.getItem("mode")||m;'
    'if(localStorage.getItem("computed"))d.dataset.computed="shown"}catch{}'
    'd.dataset.mode=m;d.dataset.theme=m==="auto"?matchMedia("(prefers-color-scheme:'
    ' dark)").matches?"dark":"light":m;d.classList.add("js");'
    'if(location.protocol!=="file:")for(const f'
    ' of["Regular","Semibold","Italic"])document.head.append(Object.assign(document.createElement("link"),'
    '{rel:"preload",as:"font",type:"font/woff2",crossOrigin:"",'
    "href:d.dataset.content_root+`_static/book/fonts/VurderingSans-${f}.woff2`}))})()"
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


# what makes a page wider; a style that looks for it with :has() would be asked again for every
# element that arrives
HOLDS = ("first-screen", "facts")


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


def sealed_page(html: str, name: str) -> str:
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
                if is_unused(source[1], html)
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
            if 'rel="preload"' in m[0] or ("stylesheet" in m[0] and is_unused(m[1], html))
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
    if held := [
        name for name in HOLDS if re.search(rf'class="[^"]*(?<![\w-]){name}(?![\w-])', html)
    ]:
        contents += f' data-holds="{" ".join(held)}"'
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


def is_unused(address: str, html: str) -> bool:
    file = re.sub(r"\?.*", "", address).rpartition("/")[2]
    if "book/" in address:
        return False
    return any(name in file for name in DROPPED) or any(
        name in file and not re.search(pattern, html) for name, pattern in ONLY_WITH.items()
    )


def _markup(html: str) -> str:
    """The page without the text of scripts, where anything may be written."""
    return re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)
