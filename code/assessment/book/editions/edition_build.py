"""``python -m assessment.book.editions.edition_build nb``: the book in another language, put beside
the English site as ``_build/html/nb``, with links between both.

The same chapters, code and numbers, with the language's catalogues. It holds the pages that are
translated (``locale/<language>/edition.yml``); links to others lead to the English ones. The PDF
stays English.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
from pathlib import Path

from assessment.book.building.build_inputs import InputsSeen, all_but_pages
from assessment.book.building.build_lock import build_alone
from assessment.book.building.jupyter_book_run import JupyterBookRun
from assessment.book.building.watched_inputs import WatchedInputs
from assessment.book.editions.catalogues import compile_all
from assessment.book.editions.edition_settings import (
    Edition,
    editions,
    load_edition,
    write_settings,
)
from assessment.book.editions.english_pages import ENGLISH_PAGES, names_and_numbers
from assessment.book.editions.language_switch import link_pages
from assessment.evidence import ROOT
from assessment.presentation.language import ENGLISH, MARKS


def begin_edition(root: Path, edition: Edition, doctrees: Path) -> JupyterBookRun:
    """Begins to build the edition's site, in the folder that ``site_of`` names; finish the run that is
    returned.

    ``doctrees``: those of the English pages, to which links to other pages lead.
    """
    compile_all(edition.language, root / "locale")
    folder = root / "_build" / edition.language
    settings = write_settings(folder, root, edition)
    site = site_of(root, edition)
    for stale in (site, site.with_name(".doctrees")):
        shutil.rmtree(stale, ignore_errors=True)
    return JupyterBookRun(
        root,
        edition.language,
        *settings,
        "--path-output",
        str(folder),
        language=edition.language,
        settings={ENGLISH_PAGES: str(doctrees)},
        site_address=_address_below(edition.language),
    )


def site_of(root: Path, edition: Edition) -> Path:
    """Where an edition's site is built, before it is put beside the English one."""
    return root / "_build" / edition.language / "_build" / "html"


def _address_below(language: str) -> str:
    """Where the edition is published, when the environment says where the book is."""
    address = os.environ.get("ASSESSMENT_SITE_ADDRESS", "")
    return f"{address.rstrip('/')}/{language}/" if address else ""


def put_beside(site: Path, edition: Edition, built: Path) -> list[str]:
    """Copies the edition into the English ``site`` and links the pages of both.

    Returns the English pages that lead to a translation.
    """
    target = site / edition.language
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(built, target)
    return link_pages(site, edition.language, edition.name, [f"{p}.html" for p in edition.pages])


class Editions:
    """Every edition of the book: those whose inputs have changed are built while the English site is
    written, and all are put beside it. As a context it ends what still runs when it is left.

    ``doctrees``: those of the English pages, ``begin`` when they have been read. ``inputs``: what these
    were made from.
    """

    def __init__(self, root: Path, doctrees: Path, inputs: InputsSeen):
        self.root, self.doctrees, self.inputs = root, doctrees, inputs
        self._runs: list[tuple[JupyterBookRun, Path, str]] = []

    def __enter__(self) -> Editions:
        return self

    def __exit__(self, *_fault) -> None:
        for run, *_made in self._runs:
            run.stop()

    def begin(self) -> None:
        """Begins to build the editions whose inputs have changed; none where Sphinx could not read the
        English pages, which it says itself.
        """
        for edition in editions(self.root):
            site = site_of(self.root, edition)
            stamp = self.root / "_build" / edition.language / "made-from"
            try:
                wanted = _made_from(edition, self.doctrees, self.inputs)
            except FileNotFoundError:  # on a fault Sphinx removes what it knew of the pages
                return
            if not (stamp.exists() and stamp.read_text() == wanted and site.exists()):
                stamp.unlink(missing_ok=True)
                run = begin_edition(self.root, edition, self.doctrees)
                self._runs.append((run, stamp, wanted))

    def put_beside(self, site: Path) -> None:
        """Waits for them, and puts all beside the English ``site``. Exits with a message when a build
        failed.
        """
        for run, stamp, wanted in self._runs:
            run.finish()
            stamp.write_text(wanted)
        for edition in editions(self.root):
            put_beside(site, edition, site_of(self.root, edition))


def _made_from(edition: Edition, doctrees: Path, inputs: InputsSeen) -> str:
    """Hash of what an edition is made from: everything but the text of English pages, and of these how
    their headings, figures and references are called and numbered.
    """
    own = (f"locale/{edition.language}/", *(f"{page}.md" for page in edition.pages))
    parts = [inputs.version, all_but_pages(inputs), names_and_numbers(doctrees)]
    parts += [
        f"{name} {seen[0]}" for name, seen in sorted(inputs.files.items()) if name.startswith(own)
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("language", choices=sorted(set(MARKS) - {ENGLISH}))
    parser.add_argument("--root", type=Path, default=ROOT, help="the book's folder")
    given = parser.parse_args()
    root = given.root.resolve()
    edition = load_edition(root, given.language)
    site = root / "_build" / "html"
    if not (site / "index.html").exists():
        sys.exit("There is no English site to put the edition beside: run make book first.")
    print(f"building {len(edition.pages)} pages in {edition.name}", flush=True)
    with build_alone(root / "_build"), WatchedInputs(root) as watched:
        begin_edition(root, edition, root / "_build" / ".made" / "doctrees").finish()
        watched.refuse_changes()
        linked = put_beside(site, edition, site_of(root, edition))
    print(f"Site: {site / given.language / 'index.html'}")
    print(f"Translated: {', '.join(linked)}")


if __name__ == "__main__":
    main()
