"""What was made of a chapter, kept until anything it depends on changes: fitting a chapter takes many
trial layouts, and most builds change one chapter.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assessment.book.pdf import brief, printed_chapter
from assessment.book.pdf.brief import BriefPage
from assessment.book.pdf.layout.look import Look, SetChapter
from assessment.book.pdf.printed_chapter import PrintedChapter
from assessment.evidence.provenance.reachable_code import reachable_code
from assessment.evidence.provenance.result_cache import write_whole

LAYOUT = Path(__file__).parent / "layout"
PACKAGES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "fonttools", "pillow", "beautifulsoup4")
KEPT = 800  # files: three of a chapter, of which a book and its brief have some thirty


class KeptPages:
    """A folder of what was made of chapters, each file named by a hash of all it depends on.
    Whatever is missing or broken is made anew; a folder that cannot be written keeps nothing.
    """

    def __init__(self, folder: Path):
        self._folder = folder

    def printed(self, name: str, fragment: str) -> PrintedChapter:
        """The chapter for print that a fragment gives."""
        key = digest(_code(Path(printed_chapter.__file__)), name.encode(), fragment.encode())
        with suppress(OSError, ValueError, TypeError):
            found = json.loads(self._read(f"{key}.printed.json"))
            for field in ("links", "headings"):
                found[field] = [tuple(one) for one in found[field]]
            return PrintedChapter(**found)
        made = printed_chapter.printed_chapter(name, fragment)
        self._write(f"{key}.printed.json", json.dumps(asdict(made)).encode())
        return made

    def set_chapters(
        self,
        look: Look,
        chapters: list[PrintedChapter],
        fills: Sequence[Mapping[str, Any]],
    ) -> list[SetChapter]:
        """Every chapter as pages: kept, or set anew, those side by side. ``fills``: of each, what filled
        its pages before.
        """
        common = _look(look)
        keys = [
            digest(
                common,
                one.name.encode(),
                one.html.encode(),
                json.dumps(fill, sort_keys=True).encode(),
            )
            for one, fill in zip(chapters, fills, strict=True)
        ]
        found = {key: self._set_chapter(key) for key in keys}
        missing = [
            (key, one, fill)
            for key, one, fill in zip(keys, chapters, fills, strict=True)
            if found[key] is None
        ]
        if missing:
            # it takes half a second, and changes how charts are written as XML
            from assessment.book.pdf.layout.chapter_setting import set_chapters

            anew = set_chapters(look, [(one.name, one.html, fill) for _key, one, fill in missing])
            for (key, *_rest), made in zip(missing, anew, strict=True):
                found[key] = made
                self._write(f"{key}.pdf", made.pdf)
                self._write(f"{key}.json", json.dumps([made.html, made.told, made.fill]).encode())
        return [one for key in keys if (one := found[key]) is not None]

    def brief_fragment(
        self,
        page: BriefPage,
        fragments: Mapping[str, str],
        cited: set[str],
        make: Callable[[BriefPage, Mapping[str, str], set[str]], str],
    ) -> str:
        """What the brief shows of a page: kept while the pages that it may be picked from are as they
        were.
        """
        named = [f'id="{name}"' for _kind, name in page.parts if name]
        of = [
            html
            for name, html in fragments.items()
            if name == page.page or any(one in html for one in named)
        ]
        said = repr((page, sorted(cited)))
        key = digest(_code(Path(brief.__file__)), said.encode(), *map(str.encode, of))
        with suppress(OSError, ValueError):
            return self._read(f"{key}.brief.html").decode()
        made = make(page, fragments, cited)
        self._write(f"{key}.brief.html", made.encode())
        return made

    def front(self, look: Look, pages: list[str], sheets: str) -> list[bytes]:
        """What stands before and between the chapters, each a PDF, and sheets, as the last: kept, or
        set anew.
        """
        key = digest(_look(look), *map(str.encode, pages), sheets.encode())
        names = [f"{key}.front{number}.pdf" for number in range(len(pages))] + [f"{key}.sheets.pdf"]
        with suppress(OSError):
            return [self._read(name) for name in names]
        from assessment.book.pdf.layout.chapter_setting import set_front

        made = set_front(look, pages, sheets)
        for name, pdf in zip(names, made, strict=True):
            self._write(name, pdf)
        return made

    def font(self, key: str, make: Callable[[], bytes]) -> bytes:
        """A part of a font, by what it depends on."""
        name = f"{digest(version('fonttools').encode(), key.encode())}.ttf"
        with suppress(OSError):
            return self._read(name)
        made = make()
        self._write(name, made)
        return made

    def tidy(self) -> None:
        """Leaves the files used last."""
        with suppress(OSError):
            files = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime)
            for old in files[:-KEPT]:
                old.unlink(missing_ok=True)

    def _set_chapter(self, key: str) -> SetChapter | None:
        with suppress(OSError, ValueError, TypeError):
            html, told, fill = json.loads(self._read(f"{key}.json"))
            return SetChapter(html, told, self._read(f"{key}.pdf"), fill)
        return None

    def _read(self, name: str) -> bytes:
        file = self._folder / name
        content = file.read_bytes()
        file.touch()
        return content

    def _write(self, name: str, content: bytes) -> None:
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._folder / name, content)


def digest(*parts: bytes) -> str:
    """A hash of parts, told apart from each other."""
    made = hashlib.sha256()
    for part in parts:
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()[:32]


def _look(look: Look) -> bytes:
    """Hash of what every set chapter depends on: style, fonts, code and packages."""
    fonts = sorted(look.sheet.parent.rglob("*.ttf"))
    files = [path.read_bytes() for path in (look.sheet, *fonts)]
    said = repr((look.language, look.full_width, [(name, version(name)) for name in PACKAGES]))
    return digest(said.encode(), _code(LAYOUT / "chapter_setting.py"), *files).encode()


@cache
def _code(start: Path) -> bytes:
    """Hash of the code that a file can reach."""
    return digest(*(path.read_bytes() for path in reachable_code(start))).encode()
