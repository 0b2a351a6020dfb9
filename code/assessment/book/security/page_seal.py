"""The last step of a build: every page gets its policy and the one style sheet, and what no page
loads is removed."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from assessment.book.security.content_security import ASSETS, is_unused, sealed_page
from assessment.book.security.style_sheet import SHEET, sheet_text, with_one_sheet

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


def seal(site: Path) -> None:
    """Seals every page of the site and removes the theme's files that none of them loads."""
    names: set[str] = set()
    linked: dict[str, None] = {}  # in the order in which pages link them, which is the same on all
    used: set[str] = set()
    sealed_pages = {}
    for page in sorted(p for p in site.rglob("*.html") if "_static" not in p.parts):
        name, text = page.relative_to(site).as_posix(), page.read_text(encoding="utf-8")
        sheets = re.findall(r'<link\b[^>]*href="[^"]*?_static/([^"?]*\.css)[^>]*>', text)
        linked |= dict.fromkeys(sheets)
        used |= {sheet for sheet in sheets if not is_unused(sheet, text)}
        sealed_pages[page] = sealed_page(text, name)
        names |= {
            name
            for found in re.findall(r'class="([^"]*)"', sealed_pages[page])
            for name in found.split()
        }
    # classes that scripts add later
    for script in [*(site / "_static").glob("*.js"), *ASSETS.glob("*.js")]:
        names |= set(re.findall(r"[A-Za-z][\w-]+", script.read_text(encoding="utf-8")))
    sheets = [site / "_static" / sheet for sheet in linked if sheet in used]
    whole = "\n".join(sheet_text(sheet, names) for sheet in sheets)
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
