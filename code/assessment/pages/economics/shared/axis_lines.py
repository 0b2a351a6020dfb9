"""Names on an axis that are too long for one line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from textwrap import wrap


def on_lines(names: Iterable[str], letters: int) -> str:
    """Expression of an axis that writes each name on lines of at most so many letters, none cut."""
    lines = {name: wrap(name, letters) for name in names}
    return f"{json.dumps(lines, ensure_ascii=False)}[datum.value]"
