"""``python -m assessment.book.editions.edition_build nb``: the book in another language, put beside
the English site as ``_build/html/nb``, with links between both.

The same chapters, code and numbers, with the language's catalogues. Pages without a catalogue
stay English and say so. The PDF stays English.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from assessment.book.building.build_inputs import pages
from assessment.book.building.build_lock import build_alone
from assessment.book.building.jupyter_book_run import JupyterBookRun
from assessment.book.building.watched_inputs import WatchedInputs
from assessment.book.editions.catalogues import compile_all
from assessment.book.editions.edition_settings import Edition, load_edition, write_settings
from assessment.book.editions.language_switch import link_pages
from assessment.evidence import ROOT
from assessment.presentation.language import DOMAIN, ENGLISH, MARKS


def build_edition(root: Path, edition: Edition, toc: Path | None = None) -> Path:
    """Builds the edition's site; returns its folder. Exits with a message when the build fails.

    ``toc`` names fewer pages than the book has; links to the others then lead nowhere, and the
    build is not strict.
    """
    compile_all(edition.language, root / "locale")
    folder = root / "_build" / edition.language
    settings = write_settings(folder, root, edition, toc or root / "_toc.yml")
    site = folder / "_build" / "html"
    for stale in (site, folder / "_build" / ".doctrees"):
        shutil.rmtree(stale, ignore_errors=True)
    run = JupyterBookRun(
        root,
        edition.language,
        *settings,
        "--path-output",
        str(folder),
        strict=toc is None,
        language=edition.language,
        site_address=_address_below(edition.language),
    )
    run.finish()
    return site


def _address_below(language: str) -> str:
    """Where the edition is published, when the environment says where the book is."""
    address = os.environ.get("ASSESSMENT_SITE_ADDRESS", "")
    return f"{address.rstrip('/')}/{language}/" if address else ""


def translated_pages(root: Path, language: str) -> list[str]:
    """The pages that have a catalogue, as paths below the site."""
    top = root / "locale" / language / "LC_MESSAGES"
    domains = (path.relative_to(top).with_suffix("").as_posix() for path in top.rglob("*.po"))
    return sorted(f"{domain}.html" for domain in domains if domain != DOMAIN)


def put_beside(root: Path, edition: Edition, built: Path) -> list[str]:
    """Copies the edition into the English site and links the pages of both.

    Returns the English pages that lead to a translation. Exits when there is no English site.
    """
    site = root / "_build" / "html"
    if not (site / "index.html").exists():
        sys.exit("There is no English site to put the edition beside: run make book first.")
    target = site / edition.language
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(built, target)
    translated = translated_pages(root, edition.language)
    return link_pages(site, edition.language, edition.name, translated)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("language", choices=sorted(set(MARKS) - {ENGLISH}))
    parser.add_argument("--toc", type=Path, help="a table of contents with fewer pages")
    parser.add_argument("--root", type=Path, default=ROOT, help="the book's folder")
    given = parser.parse_args()
    root = given.root.resolve()
    edition = load_edition(root, given.language)
    print(f"building the book in {edition.name}: {len(pages(root))} pages", flush=True)
    with build_alone(root / "_build"), WatchedInputs(root) as watched:
        built = build_edition(root, edition, given.toc)
        watched.refuse_changes()
        linked = put_beside(root, edition, built)
    print(f"Site: {root / '_build' / 'html' / given.language / 'index.html'}")
    print(f"Translated: {', '.join(linked)}")


if __name__ == "__main__":
    main()
