"""``python -m assessment.book.build``: the site and the PDF in one go, strictly, with progress.

Executes every chapter, turns every warning into a failure, and checks afterwards that every page
and the PDF exist.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import yaml

from assessment.book.pdf.builder import FILE_NAME
from assessment.book.site.version import PDF_ON_SITE, version
from assessment.case.model import precompute
from assessment.evidence import ROOT, DataError
from assessment.evidence.checking import check

INPUTS = (
    "_config.yml",
    "_toc.yml",
    "index.md",
    "chapters",
    "code/assessment",
    "data",
    "references",
    "requirements.txt",
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE",
)


def inputs_hash(root: Path) -> str:
    """Hash of everything the site and the PDF are made from, the version stamp and the settings of
    the environment included.
    """
    settings = [f"{k}={v}" for k, v in sorted(os.environ.items()) if k.startswith("ASSESSMENT_")]
    digest = hashlib.sha256("\0".join([version(root).commit, *settings]).encode())
    for part in INPUTS:
        top = root / part
        files = (
            [top]
            if top.is_file()
            else [
                p
                for p in top.rglob("*")
                if p.is_file()
                and "__pycache__" not in p.parts
                and ".ipynb_checkpoints" not in p.parts
            ]
        )
        for path in sorted(files):
            digest.update(
                path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
            )
    return digest.hexdigest()


def pages(root: Path) -> list[str]:
    """Every page named in _toc.yml, as paths below the site."""

    def files(node) -> list[str]:
        if isinstance(node, list):
            return [f for item in node for f in files(item)]
        found = [node[k] for k in ("root", "file") if k in node]
        return found + [
            f for k in ("parts", "chapters", "sections") for f in files(node.get(k, []))
        ]

    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    return [f"{name.removesuffix('.md')}.html" for name in files(toc)]


class Progress:
    """Numbered steps with the seconds each took."""

    def __init__(self, total: int):
        self.total, self.step, self.start = total, 0, time.monotonic()

    def begin(self, what: str) -> None:
        self.step += 1
        self.start = time.monotonic()
        print(f"[{self.step}/{self.total}] {what}", flush=True)

    def end(self, what: str = "") -> None:
        print(
            f"      done in {time.monotonic() - self.start:.0f} s{'; ' + what if what else ''}",
            flush=True,
        )


class _JupyterBook:
    """A strict run of jupyter-book in a process of its own, its output kept in
    ``_build/<name>.log``.
    """

    def __init__(self, root: Path, name: str, *arguments: str):
        command = [
            str(Path(sys.executable).with_name("jupyter-book")),
            "build",
            str(root),
            "-W",
            "-n",
            "--keep-going",
            *arguments,
        ]
        self.log = root / "_build" / f"{name}.log"
        self.log.parent.mkdir(exist_ok=True)
        # One thread for linear algebra: chapters run side by side already, and threads waiting for
        # one another take longer than they save. Every chapter is a process: our own code is
        # compiled for the first and read by the others, even where Python is told to write nothing.
        environment = (
            {"OPENBLAS_NUM_THREADS": "1"}
            | os.environ
            | {
                "PYTHONDONTWRITEBYTECODE": "",
                "PYTHONUNBUFFERED": "1",
                "NO_COLOR": "1",
                "PYDEVD_DISABLE_FILE_VALIDATION": "1",
            }
        )
        with self.log.open("w", encoding="utf-8") as kept:
            self.process = subprocess.Popen(
                command, cwd=root, stdout=kept, stderr=subprocess.STDOUT, env=environment
            )

    def lines(self) -> Iterator[str]:
        """What it says, line by line, until it ends."""
        with self.log.open(encoding="utf-8", errors="replace") as said:
            part, ended = "", False
            while not ended:
                ended = self.process.poll() is not None
                *whole, part = (part + said.read()).split("\n")
                yield from (re.sub(r"\x1b\[[0-9;]*m", "", line) for line in whole)
                time.sleep(0 if ended else 0.2)

    def finish(self) -> None:
        """Waits; on failure prints every warning and error and exits."""
        if self.process.wait():
            text = re.sub(r"\x1b\[[0-9;]*m", "", self.log.read_text(encoding="utf-8"))
            told = [
                line
                for line in text.splitlines()
                if re.search(r"WARNING|ERROR|Error:|problem|  data/|Nearest", line)
            ]
            print("\n".join(told[-40:]) or text[-4000:])
            sys.exit(f"The book was not built. The whole log: {self.log}")

    def stop(self) -> None:
        """Ends it if it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def _site_and_pdf(root: Path) -> None:
    """Runs the chapters, then writes site and PDF side by side: both read what the chapters gave,
    and neither reads the other.
    """
    site, pdf = _JupyterBook(root, "site"), None
    try:
        for line in site.lines():
            if found := re.search(r"([\w/.-]+\.md): Executing notebook", line):
                print(f"      running {Path(found[1]).name}", flush=True)
            elif pdf is None and line.startswith("pickling environment... done"):
                print("      writing the site and setting the PDF", flush=True)
                pdf = _JupyterBook(
                    root, "pdf", "--builder", "custom", "--custom-builder", "assessmentpdf"
                )
        site.finish()
        (
            pdf
            or _JupyterBook(root, "pdf", "--builder", "custom", "--custom-builder", "assessmentpdf")
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
