"""Strict runs of jupyter-book, and how far a build has come."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from assessment.book.building.logged_run import LoggedRun, log_file
from assessment.presentation.language import ENGLISH

# as a module, since the script beside Python names the folder it was installed in
PROGRAM = (
    "import assessment.book.building; from jupyter_book.cli.main import main;"
    " main(prog_name='jupyter-book')"
)


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


class JupyterBookRun(LoggedRun):
    """A run of jupyter-book in a process of its own, its output kept in ``_build/<name>.log``.

    ``strict``: every warning makes it fail. ``language``: the edition it builds;
    ``site_address``: where that is published, when not where the environment says.
    ``settings``: more for its environment.
    ``held``: open files that it inherits.
    """

    def __init__(
        self,
        root: Path,
        name: str,
        *arguments: str,
        strict: bool = True,
        language: str = ENGLISH,
        site_address: str = "",
        settings: Mapping[str, str] | None = None,
        held: Sequence[int] = (),
    ):
        strictly = ["-W", "-n", "--keep-going"] if strict else []
        command = [sys.executable, "-c", PROGRAM, "build", str(root), *strictly, *arguments]
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
            | dict(settings or {})
        )
        with log_file(root / "_build", name).open("w", encoding="utf-8") as kept:
            process = subprocess.Popen(
                command,
                cwd=root,
                stdout=kept,
                stderr=subprocess.STDOUT,
                env=environment,
                pass_fds=held,
            )
        super().__init__(root / "_build", name, process)
