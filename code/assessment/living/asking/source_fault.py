"""Why a source could not be read. It never means that nothing has changed."""

from __future__ import annotations

NO_ANSWER = "no answer"
REFUSED = "refused"
MOVED = "moved"
WRONG_KIND = "wrong kind of answer"
TOO_LARGE = "too large"
DAMAGED = "damaged"
OTHER_FORM = "other form than known"
CLOCK = "clocks differ"
NOT_KEPT = "not kept"


class SourceFault(Exception):
    """A source that was asked and could not be read: ``kind``, one of the words above, and ``said``,
    a sentence for whoever mends it.
    """

    def __init__(self, kind: str, said: str):
        super().__init__(f"{kind}: {said}")
        self.kind, self.said = kind, said

    def __reduce__(self):
        return SourceFault, (self.kind, self.said)


class Unchanged(Exception):
    """The source says that what it gave last time still stands (HTTP 304)."""
