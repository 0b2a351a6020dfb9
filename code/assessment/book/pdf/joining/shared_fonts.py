"""Each font once in a joined PDF, with the letters that any of its parts uses. The parts name their
font files instead of embedding them, and number letters as those files do.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Name, Object, Pdf

FONT_FILE = Name.BookFont  # as layout.page_writing leaves it
BLOCK = 100  # letters, the most that a block of a ToUnicode table may hold
Keep = Callable[[str, Callable[[], bytes]], bytes]


@dataclass
class _Font:
    font: Object
    file: str
    letters: dict[int, str] = field(default_factory=dict)
    widths: dict[int, Object] = field(default_factory=dict)


class SharedFonts:
    """The fonts of a joined PDF. ``folder`` holds the font files; ``keep``: gives what was made
    before under the same name, or makes it.
    """

    def __init__(self, pdf: Pdf, folder: Path, keep: Keep):
        self._pdf, self._folder, self._keep = pdf, folder, keep
        self._fonts: dict[str, _Font] = {}
        self._lists: list[Object] = []

    def add(self, fonts: Object) -> None:
        """Adds the list of fonts of a part, already copied into the joined PDF."""
        self._lists.append(fonts)
        for name, font in fonts.items():
            below = font.DescendantFonts[0]
            embedded = below.FontDescriptor.get(Name.FontFile2)
            if embedded is None or FONT_FILE not in embedded or font.Encoding != "/Identity-H":
                continue
            shared = self._fonts.setdefault(name, _Font(font, str(embedded[FONT_FILE])))
            for number, letter in _letters(font).items():
                shared.letters.setdefault(number, letter)
            for number, width in _widths(below).items():
                shared.widths.setdefault(number, width)

    def finish(self) -> None:
        """Gives every part the shared fonts, and all letters to these."""
        for name, shared in sorted(self._fonts.items()):
            below = shared.font.DescendantFonts[0]
            below.W = _width_list(shared.widths)
            box = list(below.FontDescriptor.FontBBox)
            below.FontDescriptor.FontBBox = Array(
                [*box[:2], max(map(int, shared.widths.values())), box[3]]
            )
            content = self._part(shared)
            below.FontDescriptor.FontFile2 = self._pdf.make_stream(content, Length1=len(content))
            shared.font.ToUnicode = self._pdf.make_stream(_letter_table(shared.letters))
            for fonts in self._lists:
                if name in fonts and _is_named(fonts[name]):
                    fonts[name] = shared.font

    def _part(self, shared: _Font) -> bytes:
        """The font with the letters that are used, under their numbers."""
        file = self._folder / shared.file
        numbers = sorted({0, *shared.letters, *shared.widths})

        def make() -> bytes:
            # the time of making, which the file would note, is left as the font has it
            font = TTFont(io.BytesIO(file.read_bytes()), recalcTimestamp=False)
            options = subset.Options(
                retain_gids=True, hinting=False, notdef_outline=True, ignore_missing_glyphs=True
            )
            options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "name", "post", "cmap", "OS/2"]
            subsetter = subset.Subsetter(options)
            subsetter.populate(gids=numbers)
            subsetter.subset(font)
            target = io.BytesIO()
            font.save(target)
            return target.getvalue()

        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        return self._keep(f"{digest} {numbers}", make)


def _is_named(font: Object) -> bool:
    embedded = font.DescendantFonts[0].FontDescriptor.get(Name.FontFile2)
    return embedded is not None


def _letters(font: Object) -> dict[int, str]:
    """Which text each number stands for, in hexadecimal UTF-16."""
    blocks = re.findall(rb"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes(), re.S)
    pairs = (pair for block in blocks for pair in re.findall(rb"<(\w+)>\s*<(\w*)>", block))
    return {int(number, 16): text.decode() for number, text in pairs}


def _widths(below: Object) -> dict[int, Object]:
    """Widths by number; WeasyPrint writes them as runs: first number, widths."""
    listed = list(below.W)
    found: dict[int, Object] = {}
    for first, run in zip(listed[::2], listed[1::2]):
        found |= {int(first) + n: width for n, width in enumerate(run)}
    return found


def _width_list(widths: dict[int, Object]) -> Array:
    runs: list[tuple[int, list]] = []
    for number in sorted(widths):
        if runs and runs[-1][0] + len(runs[-1][1]) == number:
            runs[-1][1].append(widths[number])
        else:
            runs.append((number, [widths[number]]))
    return Array([entry for first, run in runs for entry in (first, Array(run))])


def _letter_table(letters: dict[int, str]) -> bytes:
    """A ToUnicode table."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo",
        "<< /Registry (Adobe)",
        "/Ordering (UCS)",
        "/Supplement 0",
        ">> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <ffff>",
        "endcodespacerange",
    ]
    numbers = sorted(letters)
    for start in range(0, len(numbers), BLOCK):
        block = numbers[start : start + BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{number:04x}> <{letters[number]}>" for number in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode()
