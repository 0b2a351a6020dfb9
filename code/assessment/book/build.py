"""``python -m assessment.book.build``: the site and the PDF in one go, strictly, with progress.

Executes every chapter, turns every warning into a failure, and checks afterwards that every page
and the PDF exist. Only then does it replace the last site and PDF.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from assessment.book.building.build_faults import (
    check_disk,
    faults_told,
    remove_partial_files,
    why_unversioned,
)
from assessment.book.building.build_inputs import inputs_hash, pages, see_inputs
from assessment.book.building.build_lock import build_alone
from assessment.book.building.jupyter_book_run import Progress
from assessment.book.building.kept_site import KeptSite
from assessment.book.building.next_build import NextBuild
from assessment.book.building.sphinx_run import site_and_pdf
from assessment.book.building.watched_inputs import WatchedInputs
from assessment.book.chapters.cell_reports import RUNNING
from assessment.book.editions.edition_build import Editions
from assessment.book.named_in_pages import unknown_names
from assessment.book.pdf.builder import BRIEF_NAME, FILE_NAME
from assessment.book.provenance.last_step import finish_site
from assessment.book.site import workbook_download
from assessment.book.site.page_addresses import site_address
from assessment.book.site.version import PDF_ON_SITE, pdfs_on_site, version
from assessment.book.site.workbook_download import put_workbook
from assessment.case.model import precompute
from assessment.evidence import ROOT, DataError
from assessment.evidence.checking import check
from assessment.pages.validation import verification_results


def _site_and_pdf(root: Path, made: Path, when_read: Callable[[], None]) -> None:
    """Runs the chapters, then writes site and PDF side by side; ``when_read`` is called between."""
    run, written = site_and_pdf(root, made), False
    try:
        for line in run.lines():
            if line.startswith(RUNNING):
                print(f"      running {Path(line.removeprefix(RUNNING)).name}", flush=True)
            elif not written and line.startswith(("checking consistency", "no targets are out")):
                print("      writing the site and setting the PDF", flush=True)
                when_read()
                written = True
        run.finish()
    finally:
        run.stop()


def build(root: Path = ROOT) -> None:
    """Builds site and PDF below ``root/_build`` unless nothing changed since the last success.
    Exits with a message on any fault, and leaves the last site and PDF as they were.
    """
    check_code(root)
    folder = root / "_build"
    pdf = folder / "html" / PDF_ON_SITE
    with faults_told(folder), build_alone(folder):
        beside = NextBuild(folder)
        kept = KeptSite(folder)
        remove_partial_files(folder, folder / ".kept", folder / ".charts")
        if _is_current(root):
            print("Nothing changed since the last build.")
        else:
            check_disk(folder)
            try:
                with WatchedInputs(root) as watched:
                    _build(root, kept, beside, watched)
            except SystemExit:
                if pdf.exists():
                    print(f"The last complete site and PDF stay in {folder / 'html'}.", flush=True)
                raise
    print(
        f"Site: {folder / 'html' / 'index.html'}\nPDF:  {pdf} ({pdf.stat().st_size / 1e6:.1f} MB)"
    )


def check_code(root: Path) -> None:
    """Exits when the code that runs is that of another checkout than ``root``: its chapters would
    show the other's results.
    """
    if (root / "code" / "assessment").exists() and not ROOT.samefile(root):
        sys.exit(
            f"The book is in {root}, but the code that runs is that of {ROOT}. Use make, or set"
            f" PYTHONPATH={root / 'code'}."
        )


def here() -> Path | None:
    """The book that holds the working directory, if one does."""
    folders = [Path.cwd(), *Path.cwd().parents]
    books = (f for f in folders if (f / "_toc.yml").exists() and (f / "code/assessment").exists())
    return next(books, None)


def _is_current(root: Path) -> bool:
    site, stamp = root / "_build" / "html", root / "_build" / ".built"
    return (
        stamp.exists()
        and stamp.read_text() == inputs_hash(root)
        and all((site / name).exists() for name in _pdfs(root).values())
        and all((site / p).exists() for p in pages(root))
    )


def _build(root: Path, kept: KeptSite, beside: NextBuild, watched: WatchedInputs) -> None:
    stamp, site = root / "_build" / ".built", beside.made / "html"
    if trouble := why_unversioned(root):
        print(trouble)
    progress = Progress(3)
    progress.begin("checking data/")
    try:
        lines, unknown = check(), list(unknown_names(root))
    except DataError as fault:
        sys.exit(str(fault))
    if unknown:
        sys.exit("\n".join(unknown))  # before minutes of work that would end there
    progress.end(", ".join(lines[:3]))
    beside.begin()
    progress.begin("curves and economic results that chapters share")
    for made in precompute.make([*workbook_download.MAKES, *verification_results.MAKES]):
        print(f"      {made}", flush=True)
    progress.end()
    watched.refuse_changes()
    progress.begin("running the chapters, writing the site and the PDF")
    kept.begin(watched.before)
    with Editions(root, kept.made / "doctrees", watched.before) as editions:
        _site_and_pdf(root, kept.made, editions.begin)
        finished_site(kept, site, root)
        put_workbook(site, version(root))
        _check_pages(root, site)
        for made, name in _pdfs(root).items():
            pdf = kept.made / "assessmentpdf" / made
            _check_pdf(pdf)
            shutil.copyfile(pdf, site / name)
        editions.put_beside(site)
    watched.refuse_changes()
    kept.end(watched.before)
    stamp.unlink(missing_ok=True)
    beside.replace()
    # pages that were written before and after a change beside the inputs quote two versions
    if see_inputs(root).version == watched.before.version:
        stamp.write_text(watched.before.hash)
    progress.end(f"{len(pages(root))} pages")


def finished_site(kept: KeptSite, site: Path, root: Path) -> None:
    """Writes the site as it is published: with the version on its pages and in its files, sealed."""
    kept.copy_to(site)
    finish_site(site, root, site_address(root), version(root))


def _pdfs(root: Path) -> dict[str, str]:
    """The PDFs of the book, by their names as they are made: their names on the site."""
    made = {"whole": FILE_NAME, "brief": BRIEF_NAME}
    return {made[kind]: name for kind, name in pdfs_on_site(root).items()}


def _check_pages(root: Path, site: Path) -> None:
    missing = [
        p for p in pages(root) if not (site / p).exists() or (site / p).stat().st_size < 2000
    ]
    if missing:
        sys.exit("These pages are missing or empty: " + ", ".join(missing))


def _check_pdf(pdf: Path) -> None:
    if not pdf.exists() or pdf.stat().st_size < 50_000 or not pdf.read_bytes().startswith(b"%PDF"):
        sys.exit(f"The PDF is missing, empty or broken: {pdf}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--root",
        type=Path,
        default=here() or ROOT,
        help="the book's folder (default: the one this is run in)",
    )
    build(parser.parse_args().root.resolve())
