"""What the builds of the live site tell its server, in a file between the two processes."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assessment.evidence.provenance.result_cache import write_whole


def show_pages(folder: Path) -> None:
    """Puts the pages that Sphinx has written below ``folder/html`` where they are served from, each
    whole: Sphinx itself empties a page before it writes it.
    """
    for page in (folder / "html").rglob("*.html"):
        shown = folder / "shown" / page.relative_to(folder / "html")
        content = page.read_bytes()
        if not shown.exists() or shown.read_bytes() != content:
            shown.parent.mkdir(parents=True, exist_ok=True)
            write_whole(shown, content)


@dataclass(frozen=True)
class LiveState:
    """``version`` grows with every change of the pages; ``busy``: what is being done now, "" when all is
    done; ``message``: faults and warnings; ``pending``: pages that show older numbers and are not shown
    until they are ready, as paths below the site, with the reason.
    """

    version: int = 0
    busy: str = ""
    message: str = ""
    pending: dict[str, str] = field(default_factory=dict)


class StateFile:
    """The state in ``folder/state.json``."""

    def __init__(self, folder: Path):
        self.path = folder / "state.json"

    def read(self) -> LiveState:
        """The last state told; an empty one when there is none."""
        with suppress(OSError, ValueError, TypeError):
            return LiveState(**json.loads(self.path.read_text(encoding="utf-8")))
        return LiveState()

    def tell(self, **changes) -> None:
        """Tells what has changed; whatever is not named stays."""
        write_whole(self.path, json.dumps(asdict(self.read()) | changes).encode())

    def written(self, **changes) -> None:
        """As ``tell``, when pages have been written."""
        self.tell(version=self.read().version + 1, **changes)
