"""A build beside the last good one, which it replaces when it is complete."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

# what is replaced; in the order in which it is
PARTS = ("html",)


class NextBuild:
    """``folder``: the book's _build. ``made``: where the parts of the next build are put together."""

    def __init__(self, folder: Path):
        self.folder, self.made, self._former = folder, folder / "next", folder / ".former"
        self._mend()

    def begin(self) -> None:
        """Removes what a build that failed has left."""
        shutil.rmtree(self.made, ignore_errors=True)
        self.made.mkdir(parents=True)

    def replace(self) -> None:
        """Puts what was made in the place of the last build."""
        shutil.rmtree(self._former, ignore_errors=True)
        self._former.mkdir()
        for part in PARTS:
            new, last = self.made / part, self.folder / part
            if last.exists():
                last.rename(self._former / part)
            if new.exists():
                new.rename(last)
        self._clear()

    def _mend(self) -> None:
        """Finishes what a build was doing when it was killed between two renames: what was moved
        away and not replaced comes back.
        """
        for part in PARTS:
            if (self._former / part).exists() and not (self.folder / part).exists():
                with suppress(OSError):
                    (self._former / part).rename(self.folder / part)
        shutil.rmtree(self._former, ignore_errors=True)

    def _clear(self) -> None:
        for folder in (self._former, self.made):
            shutil.rmtree(folder, ignore_errors=True)
