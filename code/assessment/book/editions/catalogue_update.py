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
from assessment.evidence import ROOT
from assessment.presentation.language import DOMAIN, ENGLISH, LOCALE, MARKS


def collect_chapters(root: Path = ROOT) -> Path:
    """Runs Sphinx's gettext builder; returns the folder it wrote the chapters' messages into.

    Figures must have been executed, or their captions are missing: it runs the cells that are not
    kept from the last build.
    """
    run = JupyterBookRun(
        root, "gettext", "--builder", "custom", "--custom-builder", "gettext", strict=False
    )
    run.finish()
    return root / "_build" / "gettext"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("language", choices=sorted(set(MARKS) - {ENGLISH}))
    parser.add_argument("--add", nargs="*", default=[], help="chapters to begin translating")
    parser.add_argument("--code-only", action="store_true", help="leave the chapters as they are")
    parser.add_argument("--check", action="store_true", help="tell what is behind, change nothing")
    given = parser.parse_args()
    top = LOCALE / given.language / "LC_MESSAGES"
    if not given.check:
        update(given.language, DOMAIN, from_code())
        for domain, template in () if given.code_only else from_chapters(collect_chapters()):
            if domain in given.add or (top / f"{domain}.po").exists():
                update(given.language, domain, template)
        compile_all(given.language)
    found = [f for path in sorted(top.rglob("*.po")) for f in faults(path, given.language)]
    print("\n".join(str(f) for f in found if f.kind != "not translated"))
    for file, n in Counter(f.file.name for f in found if f.kind == "not translated").items():
        print(f"{file}: {n} messages are not translated")
    sys.exit(any(f.kind != "not translated" for f in found))


if __name__ == "__main__":
    main()
