"""Chapters whose pages are full, kept until anything they depend on changes: fitting a chapter takes
many trial layouts, and most builds change one chapter.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from assessment.evidence.provenance.reachable_code import reachable_code
from assessment.evidence.provenance.result_cache import write_whole

PACKAGES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "fonttools", "pillow", "beautifulsoup4")
KEPT = 200  # files; a book has some twenty chapters

# A chapter as HTML with full pages, and what is to be told of it.
Fitted = tuple[str, list[str]]


def kept_or_fitted(
    chapters: list[str],
    sheet: Path,
    code: Path,
    folder: Path,
    fit: Callable[[list[str]], Iterable[Fitted]],
) -> list[Fitted]:
    """Every chapter fitted: from ``folder`` where it is kept there, else by ``fit``, which is given
    those that are not.

    ``sheet``: the style sheet, with its fonts beside it; ``code``: the file whose reachable code
    makes the result.
    """
    common = _common(sheet, code)
    files = [folder / f"{_digest(common, text.encode())}.json" for text in chapters]
    found = {file: _read(file) for file in files}
    missing = [(file, text) for file, text in zip(files, chapters) if found[file] is None]
    for (file, _text), result in zip(missing, fit([text for _file, text in missing])):
        found[file] = result
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(file, json.dumps(result).encode())
    _tidy(folder)
    return [one for file in files if (one := found[file]) is not None]


def _common(sheet: Path, code: Path) -> bytes:
    """Hash of what every chapter depends on: style, fonts, code and packages."""
    fonts = sorted(path for path in sheet.parent.rglob("*.ttf"))
    parts = [path.read_bytes() for path in (sheet, *fonts, *reachable_code(code))]
    return _digest(repr([(name, version(name)) for name in PACKAGES]).encode(), *parts).encode()


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:32]


def _read(file: Path) -> Fitted | None:
    """A kept chapter; None where there is none, or only half of one."""
    with suppress(OSError, ValueError):
        text, told = json.loads(file.read_text(encoding="utf-8"))
        file.touch()
        return str(text), [str(line) for line in told]
    return None


def _tidy(folder: Path) -> None:
    """Leaves the chapters used last."""
    with suppress(OSError):
        for old in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
