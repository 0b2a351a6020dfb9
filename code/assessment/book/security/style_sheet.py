"""One style sheet for all pages, with only what they use of the theme's."""

from __future__ import annotations

import os
import re
from pathlib import Path

import tinycss2

SHEET = "_static/book/all.css"


def needed_rules(css: str, names: set[str]) -> str:
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


def sheet_text(path: Path, names: set[str]) -> str:
    """A style sheet as it goes into the one all pages share: the theme's cut down, the book's own
    as it is.
    """
    text = path.read_text(encoding="utf-8")
    return text if path.parent.name == "book" else needed_rules(_with_imports(text, path), names)


def _with_imports(css: str, path: Path) -> str:
    """The style sheet with those that it imports in their place, so that no page waits for them; what
    they point to is found from the folder of the one sheet.
    """
    book = next(folder for folder in path.parents if folder.name == "_static") / "book"

    def imported(match: re.Match[str]) -> str:
        file = (path.parent / match[1]).resolve()
        return re.sub(
            r"url\((?![\"']?(?:data:|/|https?:))[\"']?([^\"')]+)[\"']?\)",
            lambda found: f"url({os.path.relpath(file.parent / found[1], book)})",
            file.read_text(encoding="utf-8"),
        )

    return re.sub(r"""@import\s+["']([\w./-]+\.css)["'];""", imported, css)


def with_one_sheet(html: str, version: str) -> str:
    """The page with one link to a style sheet instead of ten: one request less waits for another
    before the first paint.
    """
    links = re.findall(r'<link\b[^>]*rel="stylesheet"[^>]*>', html)
    for link in links[1:]:
        html = html.replace(link, "", 1)
    root = re.search(r'data-content_root="([^"]*)"', html)
    if root is None or not links:
        return html
    link = f'<link rel="stylesheet" href="{root[1]}{SHEET}?v={version}">'
    return html.replace(links[0], link, 1)
