"""Names on an axis that are too long for one line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from textwrap import wrap
from typing import Any

LINE_HEIGHT = 12


def on_lines(names: Iterable[str], letters: int) -> dict[str, Any]:
    """Settings of an axis that writes each name on lines of at most so many letters, none cut and two
    lines about the middle of their row.
    """
    lines = {name: wrap(name, letters) for name in names}
    several = {name: len(parts) > 1 for name, parts in lines.items()}
    # a second line hangs below the first, which therefore is moved up by half a line
    up = {"test": _of_name(several), "value": "bottom"}
    return {
        "labelExpr": _of_name(lines),
        "labelBaseline": {"condition": up, "value": "middle"},
        "labelLineHeight": LINE_HEIGHT,
    }


def _of_name(values: dict[str, Any]) -> str:
    """Expression for what belongs to the name at a tick."""
    return f"{json.dumps(values, ensure_ascii=False)}[datum.value]"
