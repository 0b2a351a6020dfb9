"""``python -m assessment.book.editions.catalogue_update nb``: brings a language's catalogues up to
date with code and chapters, and tells what is missing, behind or does not fit. ``--check`` only
tells.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from assessment.book.building.jupyter_book_run import JupyterBookRun
from assessment.book.editions.catalogues import (
    compile_all,
    faults,
    from_chapters,
    from_code,
    update,
)
from assessment.book.editions.edition_settings import load_edition, write_settings
from assessment.evidence import ROOT
from assessment.presentation.language import DOMAIN, ENGLISH, LOCALE, MARKS


def collect_chapters(language: str, root: Path = ROOT) -> Path:
    """Runs Sphinx's gettext builder over the pages of an edition; returns the folder it wrote their
    messages into.

    Figures must have been executed, or their captions are missing: it runs the cells that are not
    kept from the last build.
    """
    folder = root / "_build" / f"words-{language}"
    settings = write_settings(folder, root, load_edition(root, language))
    builder = ("--builder", "custom", "--custom-builder", "gettext")
    run = JupyterBookRun(
        root, "gettext", *settings, *builder, "--path-output", str(folder), strict=False
    )
    run.finish()
    return folder / "_build" / "gettext"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("language", choices=sorted(set(MARKS) - {ENGLISH}))
    parser.add_argument("--code-only", action="store_true", help="leave the chapters as they are")
    parser.add_argument("--check", action="store_true", help="tell what is behind, change nothing")
    given = parser.parse_args()
    top = LOCALE / given.language / "LC_MESSAGES"
    if not given.check:
        update(given.language, DOMAIN, from_code())
        for domain, template in (
            () if given.code_only else from_chapters(collect_chapters(given.language))
        ):
            update(given.language, domain, template)
        compile_all(given.language)
    found = [f for path in sorted(top.rglob("*.po")) for f in faults(path, given.language)]
    print("\n".join(str(f) for f in found if f.kind != "not translated"))
    for file, n in Counter(f.file.name for f in found if f.kind == "not translated").items():
        print(f"{file}: {n} messages are not translated")
    sys.exit(any(f.kind != "not translated" for f in found))


if __name__ == "__main__":
    main()
