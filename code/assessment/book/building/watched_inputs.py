"""Notices when what the book is made from changes while it is built."""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from pathlib import Path

from assessment.book.building.build_inputs import InputsSeen, see_inputs
from assessment.book.building.kept_chapters import forget_chapters_since
from assessment.evidence.provenance.result_cache import write_whole

TOLD = 5  # files that the message names


class WatchedInputs:
    """A block that builds from ``root``. When an input changes meanwhile, what chapters have left
    in their cache since the start is forgotten at the end.

    A build that was killed cannot look again; it leaves ``_build/.building``, and the next one
    looks in its stead.
    """

    def __init__(self, root: Path):
        self.root, self.mark = root, root / "_build" / ".building"
        self.started = time.time()
        self.before = see_inputs(root)

    def __enter__(self) -> WatchedInputs:
        self._look_for_the_killed()
        kept = {"started": self.started, "files": self.before.files}
        write_whole(self.mark, json.dumps(kept).encode())
        return self

    def __exit__(self, *_fault: object) -> None:
        if self.changed():
            forget_chapters_since(self.root, self.started)
        with suppress(OSError):
            self.mark.unlink(missing_ok=True)

    def changed(self) -> list[str]:
        """What has changed since the start; empty when nothing has."""
        return see_inputs(self.root).changed_since(self.before)

    def refuse_changes(self) -> None:
        """Exits with a sentence when an input has changed since the start."""
        if changed := self.changed():
            named = ", ".join(changed[:TOLD]) + (", …" if len(changed) > TOLD else "")
            sys.exit(
                f"Changed while the book was being built: {named}. Its pages could mix old and new,"
                " so they were thrown away; run the same command again."
            )

    def _look_for_the_killed(self) -> None:
        try:
            kept = json.loads(self.mark.read_bytes())
            files = {name: (content, changed) for name, (content, changed) in kept["files"].items()}
            started = float(kept["started"])
        except FileNotFoundError:
            return
        except (ValueError, KeyError, TypeError, AttributeError):
            files, started = {}, 0.0
        if self.before.changed_since(InputsSeen(self.before.version, (), files)):
            forget_chapters_since(self.root, started)
