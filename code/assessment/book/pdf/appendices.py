"""The appendices of the printed report: pages that hold complete lists stand after all chapters, each
under a letter. Those who read a report from the front meet what was found before the archive.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase

import yaml
from bs4 import BeautifulSoup
from sphinx.util import logging

from assessment.book.pdf import pdf_words
from assessment.book.pdf.layout.tag_reading import first
from assessment.book.pdf.printed_chapter import PrintedChapter

LIST = "_appendices.yml"  # beside the book; without it, chapters keep the order of _toc.yml
logger = logging.getLogger(__name__)


def appendix_names(root: Path) -> list[str]:
    """The pages that are appendices, in their order; none where the book has no such list."""
    file = root / LIST
    return (yaml.safe_load(file.read_text(encoding="utf-8")) or []) if file.exists() else []


def appendices_last(chapters: list[PrintedChapter], names: list[str]) -> list[PrintedChapter]:
    """The chapters, those named last, in the order of the names and marked with letters. The first, the
    front page, stays where it is. A name that no chapter has is a warning.
    """
    by_name = {chapter.name: chapter for chapter in chapters[1:]}
    for name in names:
        if name not in by_name:
            logger.warning("%s: there is no page %r in _toc.yml.", LIST, name)
    there = [by_name[name] for name in dict.fromkeys(names) if name in by_name]
    return [one for one in chapters if one not in there] + [
        _appendix(one, letter) for one, letter in zip(there, ascii_uppercase, strict=False)
    ]


def _appendix(chapter: PrintedChapter, letter: str) -> PrintedChapter:
    mark = pdf_words.APPENDIX.format(letter=letter)
    soup = BeautifulSoup(chapter.html, "html.parser")
    line = soup.new_tag("p", attrs={"class": "appendix-mark"})
    line.string = mark
    first(soup, "section").insert(0, line)
    return replace(chapter, html=str(soup), title=f"{mark} · {chapter.title}", appendix=letter)
