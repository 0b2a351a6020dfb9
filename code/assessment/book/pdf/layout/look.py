"""What chapters are set from, and what that gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Look:
    """What all chapters share: the style sheet, with its fonts beside it, the language, and the
    width of a chart that is as wide as the page.
    """

    sheet: Path
    language: str
    full_width: float


@dataclass(frozen=True)
class SetChapter:
    """A chapter as HTML with full pages, what is to be told of it, its pages as a PDF, and what filled
    them (as ``fill_record.as_record`` writes it).
    """

    html: str
    told: list[str]
    pdf: bytes
    fill: dict[str, Any] = field(default_factory=dict)
