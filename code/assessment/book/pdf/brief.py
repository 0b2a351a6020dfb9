"""The brief: a few pages for those who decide, picked from the pages of the book as they were written, so
that nothing in it is said twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from bs4 import BeautifulSoup, Tag

from assessment.book.pdf.layout.tag_reading import attribute, classes, first
from assessment.book.site.version import BRIEF_LIST

HEADINGS = ("h1", "h2", "h3", "h4")
ANSWER, CITED = "answer", "cited"  # parts without a name
LABEL = "field-name"  # the official name of what a page is about, above its title
NAMED = ("figure", "table", "section")


@dataclass(frozen=True)
class BriefPage:
    """A page of the book in the brief: ``parts`` by kind and name; without any, the whole page."""

    page: str
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def cites(self) -> bool:
        """Whether it lists the documents that the other pages cite."""
        return (CITED, "") in self.parts


class NoSuchPart(ValueError):
    """The list of the brief's parts asks for what no page has."""


def brief_pages(root: Path) -> list[BriefPage]:
    """The pages of the brief, in order; none where the book has no such list.

    Raises NoSuchPart for a part of a kind that there is not.
    """
    file = root / BRIEF_LIST
    if not file.exists():
        return []
    listed = yaml.safe_load(file.read_text(encoding="utf-8")) or []
    return [
        BriefPage(one["page"], tuple(_part(part) for part in one.get("parts", ())))
        for one in listed
    ]


def _part(said: str | dict[str, str]) -> tuple[str, str]:
    kind, name = (said, "") if isinstance(said, str) else next(iter(said.items()))
    if kind not in ((ANSWER, CITED) if not name else NAMED):
        kinds = ", ".join((ANSWER, CITED, *(f"{named}: …" for named in NAMED)))
        raise NoSuchPart(f"{BRIEF_LIST}: {kind!r} is no part of a page. Write one of: {kinds}.")
    return kind, name


def brief_fragment(page: BriefPage, fragments: Mapping[str, str], cited: set[str]) -> str:
    """What the brief shows of a page, as a fragment of HTML; ``cited``: names of the references.

    Raises NoSuchPart where no page has what is asked for.
    """
    if page.page not in fragments:
        raise NoSuchPart(f"{BRIEF_LIST}: there is no page {page.page!r} in _toc.yml.")
    if not page.parts:
        return fragments[page.page]
    soup = _soup(fragments[page.page])
    chapter = first(soup, "section")
    made = soup.new_tag("section", attrs={"id": attribute(chapter, "id")})
    if (label := chapter.find("p", class_=LABEL, recursive=False)) is not None:
        made.append(label)
    made.append(first(chapter, "h1"))
    begun: dict[str, Tag] = {}
    for kind, name in page.parts:
        if kind == ANSWER:
            made.extend(_answer(chapter))
        elif kind == CITED:
            made.extend(_cited(chapter, cited))
        else:
            _add(made, kind, _found(kind, name, page.page, chapter, fragments), begun)
    return str(made)


def _soup(fragment: str) -> BeautifulSoup:
    return BeautifulSoup(fragment, "html.parser")


def _answer(chapter: Tag) -> list[Tag]:
    """What stands before the first section up to the answer: the question, and the answer."""
    taken = []
    for element in chapter.find_all(recursive=False):
        if element.name == "section":
            break
        if element.name == "p" or "answer" in classes(element):
            taken.append(element)
        if "answer" in classes(element):
            break
    return taken


def _cited(chapter: Tag, cited: set[str]) -> Iterator[Tag]:
    for entry in chapter.select("div.citation"):
        if attribute(entry, "id") in cited:
            yield entry


def _found(
    kind: str, name: str, page: str, chapter: Tag, fragments: Mapping[str, str]
) -> tuple[Tag, Tag]:
    """A part, and the section that it stands in: of the page, or of the first other that has it."""
    wanted = f'id="{name}"'
    others = [other for other, html in fragments.items() if wanted in html and other != page]
    for other in ["", *others]:
        within = chapter
        if other:
            within = first(_soup(fragments[other]), "section")
            _lead_back(within, other)
        marked = within.find(id=name)
        if isinstance(marked, Tag):
            part = _part_at(kind, marked)
            if part is not None:
                return part
    raise NoSuchPart(
        f"{BRIEF_LIST}: no page has the {kind} {name!r}. Name another, or leave it out."
    )


def _part_at(kind: str, marked: Tag) -> tuple[Tag, Tag] | None:
    section = marked if marked.name == "section" else marked.find_parent("section")
    if section is None:
        return None
    if kind == "figure":
        return (marked, section) if marked.name == "figure" else None
    if kind == "section":
        return section, section
    table = section.select_one("div.table-scroll")
    return (table.parent or table, section) if table is not None else None


def _lead_back(within: Tag, page: str) -> None:
    """Links within a page keep leading there when a part of it stands elsewhere."""
    file = page.rpartition("/")[2] + ".html"
    for link in within.select('a[href^="#"]'):
        link["href"] = file + attribute(link, "href")


def _add(made: Tag, kind: str, found: tuple[Tag, Tag], begun: dict[str, Tag]) -> None:
    """Adds a part, a table below the heading of its section, which is said once."""
    part, section = found
    if kind == "section":
        _raise_headings(part)
        made.append(part)
        return
    if kind == "figure":  # its caption says what it shows
        made.append(part)
        return
    name = attribute(section, "id")
    if name not in begun:
        heading = next((e for e in section.find_all(HEADINGS, recursive=False)), None)
        begun[name] = BeautifulSoup("", "html.parser").new_tag("section", attrs={"id": name})
        if heading is not None and heading.name != "h1":
            heading.name = "h2"
            # labels stand before it: what leads to the section leads to its table
            begun[name].extend([e for e in heading.find_previous_siblings("span") if e.get("id")])
            begun[name].append(heading)
        made.append(begun[name])
    begun[name].append(part)


def _raise_headings(section: Tag) -> None:
    """A section below another becomes one of the chapter's own."""
    own = next((e for e in section.find_all(HEADINGS, recursive=False)), None)
    if own is None or own.name == "h2":
        return
    up = int(own.name[1]) - 2
    for heading in section.find_all(HEADINGS):
        heading.name = f"h{max(2, int(heading.name[1]) - up)}"


def cited_names(fragments: list[str]) -> set[str]:
    """Names of the references to which fragments lead."""
    return {name for html in fragments for name in re.findall(r'href="[^"]*#(cite-[^"]+)"', html)}
