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
    label = f"{json.dumps(lines, ensure_ascii=False)}[datum.value]"
    # a second line hangs below the first, which therefore is moved up by half a line
    baseline = {"condition": {"test": f"length({label}) > 1", "value": "bottom"}, "value": "middle"}
    return {"labelExpr": label, "labelBaseline": baseline, "labelLineHeight": LINE_HEIGHT}
