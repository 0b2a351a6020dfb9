"""Strict runs of jupyter-book, and how far a build has come."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from assessment.book.building.build_faults import LEFT, check_disk
from assessment.book.building.cell_reports import COLOUR, FAILED
from assessment.presentation.language import ENGLISH

# as a module, since the script beside Python names the folder it was installed in
PROGRAM = "from jupyter_book.cli.main import main; main(prog_name='jupyter-book')"
TOLD = r"WARNING|ERROR|Error:|problem|  data/|Nearest"
# what Jupyter's kernels say of themselves, and who passed on that a cell had failed
NOISE = r"IPKernelApp|ExecutionError|^RuntimeError:\s*$"


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


class JupyterBookRun:
    """A run of jupyter-book in a process of its own, its output kept in ``_build/<name>.log``.

    ``strict``: every warning makes it fail. ``language``: the edition it builds;
    ``site_address``: where that is published, when not where the environment says. ``held``: open
    files that it inherits.
    """

    def __init__(
        self,
        root: Path,
        name: str,
        *arguments: str,
        strict: bool = True,
        language: str = ENGLISH,
        site_address: str = "",
        held: Sequence[int] = (),
    ):
        strictly = ["-W", "-n", "--keep-going"] if strict else []
        command = [sys.executable, "-c", PROGRAM, "build", str(root), *strictly, *arguments]
        self.folder = root / "_build"
        self.log = self.folder / f"{name}.log"
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
                "ASSESSMENT_LANGUAGE": language,
                # kernels too: an environment may have been installed for another checkout
                "PYTHONPATH": os.pathsep.join(
                    [str(root / "code"), *filter(None, [os.environ.get("PYTHONPATH")])]
                ),
            }
            | ({"ASSESSMENT_SITE_ADDRESS": site_address} if site_address else {})
        )
        with self.log.open("w", encoding="utf-8") as kept:
            self.process = subprocess.Popen(
                command,
                cwd=root,
                stdout=kept,
                stderr=subprocess.STDOUT,
                env=environment,
                pass_fds=held,
            )

    def lines(self) -> Iterator[str]:
        """What it says, line by line, until it ends."""
        with self.log.open(encoding="utf-8", errors="replace") as said:
            part, ended = "", False
            while not ended:
                ended = self.process.poll() is not None
                *whole, part = (part + said.read()).split("\n")
                yield from (COLOUR.sub("", line) for line in whole)
                time.sleep(0 if ended else 0.2)

    def finish(self) -> None:
        """Waits; on failure prints why and exits."""
        if self.process.wait():
            text = COLOUR.sub("", self.log.read_text(encoding="utf-8", errors="replace"))
            if "No space left on device" in text or shutil.disk_usage(self.folder).free < LEFT:
                check_disk(self.folder, sys.maxsize)
            print("\n".join(why_it_failed(text)) or text[-4000:])
            sys.exit(f"The book was not built. The whole log: {self.log}")

    def stop(self) -> None:
        """Ends it if it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def why_it_failed(log: str) -> list[str]:
    """The lines of a log that say it: failed cells first, then warnings and errors."""
    cells = re.findall(rf"^{FAILED}(.*?)\n\n", log, re.M | re.S)
    lines = [line for line in log.splitlines() if re.search(TOLD, line)]
    rest = [
        line
        for line in lines
        if not re.search(NOISE, line)
        and not any(line.removeprefix(FAILED) in cell for cell in cells)
    ]
    return [*dict.fromkeys(cells), *rest[-40:]]
