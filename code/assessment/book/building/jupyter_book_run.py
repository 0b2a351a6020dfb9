"""Strict runs of jupyter-book, and how far a build has come."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path


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
