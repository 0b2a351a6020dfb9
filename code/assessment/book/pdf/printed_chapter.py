"""A chapter for print: what Sphinx wrote of it, without what belongs to the site only, and with names
that are unique in the book.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag

from assessment.book.pdf.layout.tag_reading import (
    attribute,
    classes,
    first,
    parsed,
    set_classes,
)
from assessment.book.pdf.printed_links import show_addresses

# What belongs to the site only: code, controls, links to headings, tables folded behind figures.
WEB_ONLY = (
    ".headerlink, details.hide, .cell_input, script, button, details.chart-data, .toctree-wrapper >"
    " ul, .web-only, style, input"
)
COVER_ONLY = "cover-only"  # marks the question of a front page of which the cover shows all
BOOK = "book:"  # begins the address of a place in another chapter, until all are put together


@dataclass(frozen=True)
class PrintedChapter:
    """A chapter for print: ``name`` of its document; ``title`` as plain text; ``html``, one section;
    ``places``: names that can be linked to; ``links``: what it links to in other chapters, with the
    text of the link; ``headings`` for the contents (level, name, HTML); ``question`` and
    ``answers``: the front page's, which stand on the cover; ``appendix``: its letter, "" for a chapter
    among the others. ``html`` is "" where the cover is all.
    """

    name: str
    title: str
    html: str
    places: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    headings: list[tuple[str, str, str]] = field(default_factory=list)
    question: str = ""
    answers: str = ""
    appendix: str = ""


def printed_chapter(name: str, fragment: str) -> PrintedChapter:
    """The chapter that Sphinx wrote as ``fragment``.

    Raises MissingElement where it has no section or no heading.
    """
    soup = BeautifulSoup(fragment, "html.parser")
    for folded in soup.select("details.how"):
        first(folded, "summary").decompose()
        folded.unwrap()
    for made in soup.select("p.made-from"):  # the register it leads to is on the site only
        set_classes(made, ["made-from"])
        first(made, "a").unwrap()
    for unwanted in soup.select(WEB_ONLY):
        unwanted.decompose()
    chapter = first(soup, "section")
    _without_explorers(soup)
    _without_bare_headings(soup, chapter)
    title = first(chapter, "h1")
    _unique_names(chapter, name)
    title["id"] = place(name)
    _footnotes(soup, chapter)
    _condense_facts(chapter, soup)
    _tables(chapter)
    _notes(soup, chapter)
    for figure in chapter.select("figure"):  # the finding above the picture
        if isinstance(caption := figure.find("figcaption", recursive=False), Tag):
            figure.insert(0, caption.extract())
    show_addresses(soup, chapter)
    for link in chapter.select("a"):
        if not link.get_text(strip=True) and not link.find("img"):
            link.unwrap()
    summary = ["summary"] if chapter.select_one("table.findings") else []
    set_classes(chapter, ["chapter", *summary])
    question, answers = (
        found.extract() if (found := chapter.select_one(which)) else None
        for which in (".first-question", ".first-screen")
    )
    if question is not None and COVER_ONLY in classes(question):
        chapter.clear()  # the rest of the page is for the site, but places stay in reach
    kept = (chapter, *(part for part in (question, answers) if part is not None))
    _links_to_elsewhere(kept)
    return PrintedChapter(
        name,
        " ".join(title.get_text().split()),
        str(chapter) if chapter.contents else "",
        [attribute(e, "id") for part in kept for e in part.find_all(id=True)]
        + [attribute(chapter, "id"), *([] if chapter.contents else [name])],
        [
            (unquote(attribute(link, "href").removeprefix(BOOK)), link.get_text()[:60])
            for part in kept
            for link in part.select(f'a[href^="{BOOK}"]')
        ],
        _headings(chapter),
        first(question, "p").decode_contents() if question else "",
        answers.decode_contents() if answers else "",
    )


def _without_explorers(soup: BeautifulSoup) -> None:
    """What readers move is left out, with its section where that holds nothing else; what leads there
    leads to where it stood.
    """
    for explorer in soup.select(".explorer"):
        section = explorer.find_parent("section")
        cell = explorer.find_parent(class_="cell") or explorer
        cell.decompose()
        if section is None or section.find(["p", "figure", "table", "ul"]) is not None:
            continue
        _leave_places(soup, section)


def _without_bare_headings(soup: BeautifulSoup, chapter: Tag) -> None:
    """A section of which only the heading is left, since the rest is for the site, is left out too."""
    for section in chapter.find_all("section")[::-1]:
        heading = section.find(re.compile("^h[1-6]$"))
        if not isinstance(heading, Tag) or section.find(["img", "svg", "figure", "table"]):
            continue
        if section.get_text(strip=True) == heading.get_text(strip=True):
            _leave_places(soup, section)


def _leave_places(soup: BeautifulSoup, section: Tag) -> None:
    """Takes a section out; what leads into it leads to where it stood."""
    for marked in (section, *section.find_all(id=True)):
        section.insert_before(soup.new_tag("span", attrs={"id": attribute(marked, "id")}))
    section.decompose()


def place(name: str, within: str = "") -> str:
    """The name, unique in the book, of a place in the document ``name``."""
    return f"{name}.{within}" if within else name


def _unique_names(chapter: Tag, name: str) -> None:
    """Sphinx names places within a page; pages repeat its automatic names (id1, ...). Links from
    page to page become links within the document.
    """
    for element in chapter.find_all(id=True):
        element["id"] = place(name, attribute(element, "id"))
    chapter["id"] = place(name, attribute(chapter, "id"))
    for link in chapter.select("a[href]"):
        page, _, within = attribute(link, "href").partition("#")
        if re.match(r"[\w+.-]*:|//", page) or page and not page.endswith(".html"):
            continue
        beside = posixpath.join(posixpath.dirname(name), page.removesuffix(".html"))
        link["href"] = "#" + place(posixpath.normpath(beside) if page else name, within)


def _links_to_elsewhere(parts: tuple[Tag, ...]) -> None:
    """Each part is laid out alone: links from it are addresses until all are put together."""
    for part in parts:
        here = {attribute(part, "id"), *(attribute(e, "id") for e in part.find_all(id=True))}
        for link in part.select('a[href^="#"]'):
            target = attribute(link, "href")[1:]
            # only chapters keep links of their own: a part of the front page moves to the cover
            if part is not parts[0] or unquote(target) not in here:
                link["href"] = BOOK + target


def _footnotes(soup: BeautifulSoup, chapter: Tag) -> None:
    """Footnotes go to the foot of their page."""
    for reference in chapter.select("a.footnote-reference"):
        note = soup.find(id=attribute(reference, "href")[1:])
        if not isinstance(note, Tag):
            continue
        foot = soup.new_tag("span", attrs={"class": "footnote-body"})
        for paragraph in note.find_all("p"):
            foot.extend(BeautifulSoup(paragraph.decode_contents(), "html.parser").contents)
        reference.replace_with(foot)
    for block in chapter.select("aside.footnote-list, aside.footnote, hr.footnotes"):
        block.decompose()


def _condense_facts(chapter: Tag, soup: BeautifulSoup) -> None:
    """The register of facts, hundreds of rows, becomes a list in two columns; ids, notes and
    formulas stay on the site.
    """
    for table in chapter.select("table.facts"):
        lines = soup.new_tag("div", attrs={"class": "fact-list"})
        for row in table.select("tbody tr"):
            for detail in row.select(".fact-note, .fact-id"):
                detail.decompose()
            cells = [
                " ".join(cell.decode_contents().split()) for cell in row.find_all(["th", "td"])
            ]
            mark = first(row, "span.status-mark").get_text()
            text = f"<b>{cells[0]}</b> <i>{cells[2]}</i>: {cells[1]} {mark} {cells[3]}"
            lines.append(parsed(f'<p id="{row["id"]}">{text}</p>', "p"))
        table.replace_with(lines)


def _tables(chapter: Tag) -> None:
    """Tables of many columns are set smaller, short ones kept whole; nothing scrolls in print."""
    for table in chapter.select("table.data"):
        many, short = len(table.select("thead th")) > 6, len(table.select("tbody tr")) <= 14
        further = (["many-columns"] if many else []) + (["short"] if short else [])
        set_classes(table, classes(table) + further)
    for scroller in chapter.select(".table-scroll"):
        for name in ("tabindex", "role", "aria-label"):
            del scroller[name]


def _notes(soup: BeautifulSoup, chapter: Tag) -> None:
    """Source, note and maker of a figure or table become one note, below it."""
    for lines in chapter.select(".source-line, .made-from"):
        if lines.parent is None:  # joined to the one before
            continue
        note = soup.new_tag("p", attrs={"class": "figure-note"})
        lines.insert_before(note)
        while (line := note.find_next_sibling()) is not None and {"source-line", "made-from"} & set(
            classes(line)
        ):
            for part in line.find_all("p") or [line]:
                stop = " " if part.get_text().rstrip().endswith((".", "!", "?")) else ". "
                note.extend([*list(part.contents), stop])
            line.extract()


def _headings(chapter: Tag) -> list[tuple[str, str, str]]:
    """The first two levels of headings, for the contents."""
    found = []
    for heading in chapter.select("h1, h2"):
        section = heading.find_parent("section")
        if section is None or section is not heading.parent:
            continue
        if not heading.find_parent(class_=["text_html", "data-table"]):
            text = BeautifulSoup(re.sub(r"\s+", " ", heading.decode_contents()), "html.parser")
            for inner in text.select("a"):
                inner.unwrap()
            found.append((heading.name, attribute(section, "id"), str(text)))
    return found
