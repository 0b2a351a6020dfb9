"""A run whose output goes to a log that is followed, and told when the run fails."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from assessment.book.building.build_faults import LEFT, check_disk
from assessment.book.chapters.cell_reports import COLOUR, FAILED
from assessment.book.chapters.kernel_fork import ForkedProcess

TOLD = r"WARNING|ERROR|Error:|problem|  data/|Nearest"
# what Jupyter's kernels say of themselves, and who passed on that a cell had failed
NOISE = r"IPKernelApp|ExecutionError|^RuntimeError:\s*$|Cells failed; no page"


class LoggedRun:
    """A process that was started; its output is in ``folder/<name>.log``."""

    def __init__(self, folder: Path, name: str, process: subprocess.Popen | ForkedProcess):
        self.folder, self.log, self.process = folder, log_file(folder, name), process

    def lines(self) -> Iterator[str]:
        """What it says, line by line, until it ends."""
        with self.log.open(encoding="utf-8", errors="replace") as said:
            part, ended = "", False
            while not ended:
                ended = self.process.poll() is not None
                *whole, part = (part + said.read()).split("\n")
                yield from (COLOUR.sub("", line) for line in whole)
                time.sleep(0 if ended else 0.05)

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


def log_file(folder: Path, name: str) -> Path:
    """Where a run of this name says what it does."""
    folder.mkdir(exist_ok=True)
    return folder / f"{name}.log"


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
