"""The way out of Jupyter Book: the same chapters built with plain Sphinx, MyST-NB and the theme, and
what a reader sees of both compared.

``python -m assessment.book.publishing.plain_sphinx settings``: prints the configuration for Sphinx.
``python -m assessment.book.publishing.plain_sphinx compare ONE OTHER``: says where the pages of two
built sites read otherwise; ends with 1 when any does.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from bs4 import BeautifulSoup

from assessment.evidence import ROOT

# What Jupyter Book loads besides, no page of this book needs.
EXTENSIONS = (
    "myst_nb",
    "sphinx_external_toc",
    "sphinx_multitoc_numbering",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_book_theme",
    "sphinxcontrib.bibtex",
)
NOT_READ = "script, style, noscript"
FIRST = 6  # differences told of a page


def settings(root: Path = ROOT) -> str:
    """A conf.py, for any folder, that says what ``_config.yml`` says."""
    book = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    said = {
        "project": book["title"],
        "html_title": book["title"],
        "author": book["author"],
        "copyright": book["copyright"],
        "extensions": [*EXTENSIONS, *book["sphinx"]["extra_extensions"]],
        "exclude_patterns": book["exclude_patterns"],
        "external_toc_path": "_toc.yml",
        "external_toc_exclude_missing": book["only_build_toc_files"],
        "bibtex_bibfiles": [str(root / name) for name in book["bibtex_bibfiles"]],
        "html_theme": "sphinx_book_theme",
        "html_favicon": str(root / book["html"]["favicon"]),
        "html_sourcelink_suffix": "",
        "myst_enable_extensions": book["parse"]["myst_enable_extensions"],
        "myst_url_schemes": ["mailto", "http", "https"],
        "nb_execution_mode": book["execute"]["execute_notebooks"],
        "nb_execution_timeout": book["execute"]["timeout"],
        "use_multitoc_numbering": True,
        **book["sphinx"]["config"],
    }
    return "".join(f"{name} = {value!r}\n" for name, value in said.items())


def visible_text(page: str) -> list[str]:
    """The lines a reader sees of the article of a page."""
    article = BeautifulSoup(page, "html.parser").select_one("article")
    if article is None:
        return []
    for part in article.select(NOT_READ):
        part.decompose()
    lines = (" ".join(line.split()) for line in article.get_text("\n").split("\n"))
    return [line for line in lines if line]


def differences(one: Path, other: Path) -> Iterator[str]:
    """A line for each page that is missing, and the first lines of each that reads otherwise."""
    for path in sorted([one / "index.html", *one.glob("chapters/*.html")]):
        name = path.relative_to(one)
        if not (other / name).exists():
            yield f"{name}: missing in {other}"
            continue
        before, after = (
            visible_text((site / name).read_text(encoding="utf-8")) for site in (one, other)
        )
        lines = difflib.unified_diff(before, after, n=0, lineterm="")
        marked = [line for line in lines if line[:2] not in ("--", "++", "@@")]
        if marked:
            more = f"\n  and {len(marked) - FIRST} more" if len(marked) > FIRST else ""
            yield f"{name} reads otherwise:\n  " + "\n  ".join(marked[:FIRST]) + more


def main() -> None:
    match sys.argv[1:]:
        case ["settings"]:
            print(settings(), end="")
        case ["compare", one, other]:
            pages, found = len(list(Path(one).glob("chapters/*.html"))) + 1, 0
            for found, text in enumerate(differences(Path(one), Path(other)), start=1):  # noqa: B007
                print(text)
            print(
                f"{pages} pages compared: {found or 'none'} read{'s' if found == 1 else ''} otherwise."
            )
            sys.exit(bool(found))
        case _:
            sys.exit("usage: … settings, or … compare ONE OTHER")


if __name__ == "__main__":
    main()
