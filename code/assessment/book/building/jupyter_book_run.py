"""Strict runs of jupyter-book, and how far a build has come."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from assessment.presentation.language import ENGLISH


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
    ``site_address``: where that is published, when not where the environment says.
    """

    def __init__(
        self,
        root: Path,
        name: str,
        *arguments: str,
        strict: bool = True,
        language: str = ENGLISH,
        site_address: str = "",
    ):
        book = str(Path(sys.executable).with_name("jupyter-book"))
        strictly = ["-W", "-n", "--keep-going"] if strict else []
        command = [book, "build", str(root), *strictly, *arguments]
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
                "ASSESSMENT_LANGUAGE": language,
            }
            | ({"ASSESSMENT_SITE_ADDRESS": site_address} if site_address else {})
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
