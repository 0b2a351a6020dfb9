"""The version on pages: they are written with marks in its place, which the last step of a build
replaces. So a commit changes no page that is kept from one build to the next.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from assessment.book.site import citation
from assessment.book.site.version import Version, text_days
from assessment.presentation import numbers

COMMIT, DAY, ISO = "§commit§", ", §day§", "§date§"
TEXT = "§text:{page}§"  # a page's own line, gone where its day is not known
CITE = "§cite-box:{top}§"
_TEXT = re.compile(rf'<p class="book-text">([^<§]*){TEXT.format(page="([^§]*)")}</p>')
_CITE_BOX = re.compile(CITE.format(top="([^§]*)"))
# In structured data: an entry of its own, gone where there is no date.
_NO_DATE = re.compile(rf',"\w+":"{ISO}"')


def stamp_site(site: Path, root: Path, address: str, of: Version) -> None:
    """Puts the version in place of its marks on every page of ``site``. ``address``: where the site
    is published, "" when that is not known.
    """
    work, days = citation.work(root, address, of), text_days(root)

    def text_line(found: re.Match) -> str:
        day = days.get(found[2])
        return f'<p class="book-text">{found[1]}{numbers.day(day)}.</p>' if day else ""

    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        stamped = _TEXT.sub(text_line, stamped_text(text, of))
        stamped = _CITE_BOX.sub(lambda found: citation.box(work, found[1]), stamped)
        if stamped != text:
            page.write_text(stamped, encoding="utf-8")


def without_cite_box(text: str) -> str:
    """A page without the box that says how to cite it, for a draft that nobody can cite."""
    return _CITE_BOX.sub("", text)


def stamped_text(text: str, of: Version) -> str:
    """A page with commit and date in place of their marks."""
    if of.day is None:
        text = _NO_DATE.sub("", text)
    day = f", {numbers.day(of.day)}" if of.day else ""
    iso = of.day.isoformat() if of.day else ""
    marks = {COMMIT: of.commit, quote(COMMIT): quote(of.commit), DAY: day, ISO: iso}
    for mark, said in marks.items():
        text = text.replace(mark, said)
    return text
