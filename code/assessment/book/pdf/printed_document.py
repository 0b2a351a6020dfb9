"""The whole book as one HTML page for print: what Sphinx wrote, with cover and contents before it,
without what belongs to the site only."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

from bs4 import BeautifulSoup, Tag
from sphinx.util import logging

from assessment.book.pdf import pdf_words
from assessment.book.pdf.tag_reading import (
    MissingElement,
    attribute,
    classes,
    first,
    parsed,
    set_classes,
)
from assessment.book.site.status_banner import status
from assessment.presentation import numbers, words

# What belongs to the site only: code, controls, links to headings, tables folded behind figures.
WEB_ONLY = (
    ".headerlink, details.hide, .cell_input, script, button, details.chart-data, .toctree-wrapper >"
    " ul, .web-only, style, input"
)
logger = logging.getLogger(__name__)


def document(body: str, title: str) -> BeautifulSoup:
    """The whole book as one HTML page for print: cover, contents, chapters. ``body`` is what Sphinx
    wrote.
    """
    soup = BeautifulSoup(body, "html.parser")
    for made in soup.select("p.made-from"):  # the register it leads to is on the site only
        set_classes(made, ["made-from"])
        first(made, "a").unwrap()
    for unwanted in soup.select(WEB_ONLY):
        unwanted.decompose()
    _links_within(soup)
    _unique_ids(soup)
    _footnotes(soup)
    _condense_facts(soup)
    _tables(soup)
    _notes(soup)
    for link in soup.select("a"):
        if not link.get_text(strip=True) and not link.find("img"):
            link.unwrap()
    chapters = _chapters(soup)
    of, w = status(), words.STATUS_LINE
    stamp = f"{w['version']} {of.commit}" + (f", {numbers.day(of.day)}" if of.day else "")
    evidence = f"{w['evidence']} {numbers.day(of.evidence)}"
    cover = _cover(
        title,
        (
            stamp,
            evidence,
            f"{w['checked']} {numbers.day(of.checked)}, {w['due']} {numbers.day(of.due)}",
            w["conflicts"].format(n=of.open_conflicts),
        ),
        chapters[0],
    )
    return BeautifulSoup(
        f'<html lang="{words.LANGUAGE}"><head><meta'
        f' charset="utf-8"><title>{escape(title)}</title><meta name="author"'
        f' content="{pdf_words.AUTHOR}">'
        f'<meta name="description" content="{escape(stamp)}. {escape(evidence)}."></head><body><p'
        f' class="running-version">{escape(stamp)} · {escape(evidence)}</p>'
        f"{cover}{_contents(chapters)}<main>{''.join(map(str, chapters))}</main></body></html>",
        "html.parser",
    )


def _links_within(soup: BeautifulSoup) -> None:
    """Links from page to page become links within the document."""
    for link in soup.select("a[href]"):
        if within := re.fullmatch(
            r"(?:\.\./|chapters/)*([\w-]+)\.html(#.*)?", attribute(link, "href")
        ):
            link["href"] = within[2] or f"#document-chapters/{within[1]}"


def _unique_ids(soup: BeautifulSoup) -> None:
    """Sphinx repeats its automatic ids (id1, ...) in every chapter; links inside a chapter must
    keep to that chapter.
    """
    repeated = {
        name for name, count in Counter(e["id"] for e in soup.select("[id]")).items() if count > 1
    }
    chapter = 0
    for element in soup.find_all(True):
        if str(element.get("id", "")).startswith("document-"):
            chapter += 1
        if element.get("id") in repeated:
            element["id"] = f"c{chapter}-{element['id']}"
        target = str(element.get("href", ""))
        if target.startswith("#") and target[1:] in repeated:
            element["href"] = f"#c{chapter}-{target[1:]}"
    there = {e["id"] for e in soup.select("[id]")}
    for link in soup.select('a[href^="#"]'):
        if link["href"][1:] not in there:
            logger.warning(
                "PDF: a link points nowhere: %s (%s)", link["href"], link.get_text()[:60]
            )


def _footnotes(soup: BeautifulSoup) -> None:
    """Footnotes go to the foot of their page."""
    for reference in soup.select("a.footnote-reference"):
        note = soup.find(id=reference["href"][1:])
        if note is None:
            continue
        foot = soup.new_tag("span", attrs={"class": "footnote-body"})
        for paragraph in note.find_all("p"):
            foot.extend(BeautifulSoup(paragraph.decode_contents(), "html.parser").contents)
        reference.replace_with(foot)
    for block in soup.select("aside.footnote-list, aside.footnote, hr.footnotes"):
        block.decompose()


def _condense_facts(soup: BeautifulSoup) -> None:
    """The register of facts, hundreds of rows, becomes a list in two columns; ids, notes and
    formulas stay on the site.
    """
    for table in soup.select("table.facts"):
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


def _tables(soup: BeautifulSoup) -> None:
    """Tables of many columns are set smaller, short ones kept whole; nothing scrolls in print."""
    for table in soup.select("table.data"):
        many, short = len(table.select("thead th")) > 6, len(table.select("tbody tr")) <= 14
        further = (["many-columns"] if many else []) + (["short"] if short else [])
        set_classes(table, classes(table) + further)
    for scroller in soup.select(".table-scroll"):
        for name in ("tabindex", "role", "aria-label"):
            del scroller[name]


def _notes(soup: BeautifulSoup) -> None:
    """Source, note and maker of a figure or table become one note: below the caption of a figure,
    below a table.
    """
    for lines in soup.select(".source-line, .made-from"):
        if lines.parent is None:  # joined to the one before
            continue
        note = soup.new_tag("p", attrs={"class": "figure-note"})
        lines.insert_before(note)
        while (line := note.find_next_sibling()) is not None and {"source-line", "made-from"} & set(
            classes(line)
        ):
            for part in line.find_all("p") or [line]:
                note.extend([*list(part.contents), " "])
            line.extract()
        if (caption := note.find_next_sibling("figcaption")) is not None:
            caption.insert_after(note.extract())


def _chapters(soup: BeautifulSoup) -> list[Tag]:
    """The front page and every chapter side by side. Sphinx hangs chapters below the front page,
    one heading level too low.
    """
    front = first(soup, "section")
    chapters = [front]
    for mark in soup.select('span[id^="document-"]'):
        section = mark.find_next("section")
        if not isinstance(section, Tag):
            raise MissingElement(f"No section follows the mark {mark['id']}.")
        first(section, "h1, h2")["id"] = mark.extract()["id"]
        if section is not front:
            chapters.append(section.extract())
            for heading in section.find_all(re.compile("^h[2-6]$")):
                # written by a cell at its true level
                if not heading.find_parent(class_="text_html"):
                    heading.name = f"h{int(heading.name[1]) - 1}"
    for chapter in chapters:
        set_classes(chapter, ["chapter"])
    return chapters


def _cover(title: str, lines: tuple[str, ...], front: Tag) -> str:
    """Title, dates and the answers of the front page, which move from there to the cover."""
    question, answers = (
        first(front, which).extract() for which in (".first-question", ".first-screen")
    )
    marks = " · ".join(
        f"<b>{mark}</b> {escape(words.STATUS_MEANINGS[name])}"
        for name, mark in words.STATUS_MARKS.items()
    )
    return (
        f'<section class="cover"><p class="kicker">{pdf_words.KICKER}</p><p'
        f' class="title">{escape(title)}</p><p class="subtitle">{pdf_words.SUBTITLE}</p><p'
        f' class="question">{first(question, "p").decode_contents()}</p><ul'
        f' class="stamp">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul><div'
        f' class="answers">{answers.decode_contents()}</div><p class="marks">{words.LEGEND["marks"]}:'
        f" {marks} · <b>≠</b> {words.LEGEND['disagree']}.</p><p"
        f' class="disclaimer">{pdf_words.DISCLAIMER}</p></section>'
    )


def _contents(chapters: list[Tag]) -> str:
    """Contents with page numbers, from the chapters' first two levels of headings."""
    lines = []
    for heading in (h for chapter in chapters for h in chapter.select("h1, h2")):
        section = heading.find_parent("section")
        if section is None or section is not heading.parent:
            continue
        if not heading.find_parent(class_=["text_html", "data-table"]):
            text = BeautifulSoup(re.sub(r"\s+", " ", heading.decode_contents()), "html.parser")
            for inner in text.select("a"):
                inner.unwrap()
            lines.append(
                f'<li class="{heading.name}"><a'
                f' href="#{escape(attribute(section, "id"))}">{text}</a></li>'
            )
    return (
        f'<nav class="contents" aria-label="{pdf_words.CONTENTS}"><p'
        f' class="contents-title">{pdf_words.CONTENTS}</p><ul>{"".join(lines)}</ul></nav>'
    )
