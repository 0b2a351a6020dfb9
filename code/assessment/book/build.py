"""``python -m assessment.book.build``: the site and the PDF in one go, strictly, with progress.

Executes every chapter, turns every warning into a failure, and checks afterwards that every page
and the PDF exist.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from pathlib import Path

from assessment.book.building.build_inputs import inputs_hash, pages
from assessment.book.building.jupyter_book_run import JupyterBookRun, Progress
from assessment.book.pdf.builder import FILE_NAME
from assessment.book.site.version import PDF_ON_SITE
from assessment.case.model import precompute
from assessment.evidence import ROOT, DataError
from assessment.evidence.checking import check


def _site_and_pdf(root: Path) -> None:
    """Runs the chapters, then writes site and PDF side by side: both read what the chapters gave,
    and neither reads the other.
    """
    site, pdf = JupyterBookRun(root, "site"), None
    try:
        for line in site.lines():
            if found := re.search(r"([\w/.-]+\.md): Executing notebook", line):
                print(f"      running {Path(found[1]).name}", flush=True)
            elif pdf is None and line.startswith("pickling environment... done"):
                print("      writing the site and setting the PDF", flush=True)
                pdf = JupyterBookRun(
                    root, "pdf", "--builder", "custom", "--custom-builder", "assessmentpdf"
                )
        site.finish()
        (
            pdf
            or JupyterBookRun(
                root, "pdf", "--builder", "custom", "--custom-builder", "assessmentpdf"
            )
        ).finish()
    finally:
        for one in (site, pdf):
            if one is not None:
                one.stop()


def build(root: Path = ROOT) -> None:
    """Builds site and PDF below ``root/_build`` unless nothing changed since the last success.
    Exits with a message on any fault.
    """
    site, stamp = root / "_build" / "html", root / "_build" / ".built"
    pdf = site / PDF_ON_SITE
    wanted = inputs_hash(root)
    if (
        stamp.exists()
        and stamp.read_text() == wanted
        and pdf.exists()
        and all((site / p).exists() for p in pages(root))
    ):
        print("Nothing changed since the last build.")
    else:
        progress = Progress(3)
        progress.begin("checking data/")
        try:
            lines = check()
        except DataError as fault:
            sys.exit(str(fault))
        progress.end(", ".join(lines[:3]))
        # pages not re-read would hide their warnings
        for stale in (
            site,
            root / "_build" / ".doctrees",
            root / "_build" / "assessmentpdf",
            stamp,
        ):
            (
                shutil.rmtree(stale, ignore_errors=True)
                if stale.is_dir()
                else stale.unlink(missing_ok=True)
            )
        progress.begin("curves and economic results that chapters share")
        for made in precompute.make():
            print(f"      {made}", flush=True)
        progress.end()
        progress.begin("running the chapters, writing the site and the PDF")
        _site_and_pdf(root)
        _check_pages(root, site)
        _check_pdf(root / "_build" / "assessmentpdf" / FILE_NAME)
        shutil.copyfile(root / "_build" / "assessmentpdf" / FILE_NAME, pdf)
        progress.end(f"{len(pages(root))} pages")
        stamp.write_text(wanted)
    print(f"Site: {site / 'index.html'}\nPDF:  {pdf} ({pdf.stat().st_size / 1e6:.1f} MB)")


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
        "--root", type=Path, default=ROOT, help="the book's folder (default: this checkout)"
    )
    build(parser.parse_args().root.resolve())
