"""The site and the documents as Sphinx left them after the last good build: the next one reads and
writes only what has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from assessment.book.building.build_inputs import InputsSeen, all_but_pages


class KeptSite:
    """``made``: the folder of the kept site; ``html`` in it as Sphinx writes it, neither stamped nor
    sealed.
    """

    def __init__(self, folder: Path):
        self.made, self._stamp = folder / ".made", folder / ".made" / "made-from"

    def begin(self, inputs: InputsSeen) -> None:
        """Makes ready for a build from these inputs: where anything but pages has changed since the
        last good one, or that one was not finished, nothing of it is used.
        """
        if not self._stamp.exists() or self._stamp.read_text() != all_but_pages(inputs):
            shutil.rmtree(self.made, ignore_errors=True)
        self._stamp.unlink(missing_ok=True)

    def end(self, inputs: InputsSeen) -> None:
        """Notes that the build from these inputs is complete."""
        self._stamp.write_text(all_but_pages(inputs))

    def copy_to(self, site: Path) -> None:
        """Copies the site as Sphinx wrote it."""
        shutil.copytree(self.made / "html", site)
        # a hash of where this machine keeps the theme; only Sphinx reads it
        (site / ".buildinfo").unlink(missing_ok=True)
