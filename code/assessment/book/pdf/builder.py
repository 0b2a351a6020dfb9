"""The PDF: all chapters as one document, laid out by WeasyPrint, without TeX and without a browser."""

from __future__ import annotations

import gc
import re
from collections import Counter
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.util import logging

from assessment.book.pdf import pdf_words
from assessment.book.site.status_banner import status
from assessment.presentation import numbers, words

ASSETS = Path(__file__).parents[1] / "assets"
FILE_NAME = "assessment.pdf"
# What belongs to the site only: code, controls, links to headings, tables folded behind figures.
WEB_ONLY = (
    ".headerlink, details.hide, .cell_input, script, button, details.chart-data, .toctree-wrapper >"
    " ul, .web-only, style, input"
)
logger = logging.getLogger(__name__)


class AssessmentPDFBuilder(SingleFileHTMLBuilder):
    """Assembles the chapters on one page as Sphinx's singlehtml does, then sets that page as a
    tagged PDF.
    """

    name = "assessmentpdf"
    epilog = "The PDF is in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]
    allow_parallel = False

    def handle_page(
        self, pagename, addctx, templatename="page.html", outfilename=None, event_arg=None
    ) -> None:
        if pagename != self.config.root_doc:
            return
        # WeasyPrint, imported earlier, would change how charts are written as XML
        from assessment.book.pdf.accessibility_tags import better_tags
        from assessment.book.pdf.page_fill import Setting, fit

        # a layout is millions of objects that all live to the end; looking for those that do not
        # takes a sixth of the time
        gc.disable()
        page, sheet = document(addctx["body"], self.config.html_title), ASSETS / "pdf.css"
        fit(page, sheet)
        Path(self.outdir, "assessment.html").write_text(str(page), encoding="utf-8")
        with better_tags():
            # tagged; no standard is claimed that no checker confirmed
            Setting(sheet).lay_out(str(page)).write_pdf(Path(self.outdir, FILE_NAME), pdf_tags=True)
        gc.enable()

    def assemble_toc_fignumbers(self) -> dict:
        # Sphinx prefixes the keys with the document for its own singlehtml only; figures here are
        # all named, so a plain merge is safe.
        merged: dict[str, dict] = {}
        for numbers_of in self.env.toc_fignumbers.values():
            for kind, found in numbers_of.items():
                merged.setdefault(kind, {}).update(found)
        return {self.config.root_doc: merged}

    def write_doc_serialized(self, docname, doctree) -> None:
        pass  # there is no search index in print

    def finish(self) -> None:
        # other extensions drop their styles here; nothing reads them
        Path(self.outdir, "_static").mkdir(exist_ok=True)


def document(body: str, title: str) -> BeautifulSoup:
    """The whole book as one HTML page for print: cover, contents, chapters. ``body`` is what Sphinx
    wrote.
    """
    soup = BeautifulSoup(body, "html.parser")
    for made in soup.select("p.made-from"):  # the register it leads to is on the site only
        made["class"] = ["made-from"]
        made.a.unwrap()
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
        if within := re.fullmatch(r"(?:\.\./|chapters/)*([\w-]+)\.html(#.*)?", link["href"]):
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
            mark = row.find("span", class_="status-mark").get_text()
            text = f"<b>{cells[0]}</b> <i>{cells[2]}</i>: {cells[1]} {mark} {cells[3]}"
            line = BeautifulSoup(f'<p id="{row["id"]}">{text}</p>', "html.parser").p
            lines.append(line)
        table.replace_with(lines)


def _tables(soup: BeautifulSoup) -> None:
    """Tables of many columns are set smaller, short ones kept whole; nothing scrolls in print."""
    for table in soup.select("table.data"):
        many, short = len(table.select("thead th")) > 6, len(table.select("tbody tr")) <= 14
        table["class"] = [
            *table["class"],
            *(["many-columns"] if many else []),
            *(["short"] if short else []),
        ]
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
            line.get("class", [])
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
    first = soup.section
    chapters = [first]
    for mark in soup.select('span[id^="document-"]'):
        section = mark.find_next("section")
        section.find(["h1", "h2"])["id"] = mark.extract()["id"]
        if section is not first:
            chapters.append(section.extract())
            for heading in section.find_all(re.compile("^h[2-6]$")):
                # written by a cell at its true level
                if not heading.find_parent(class_="text_html"):
                    heading.name = f"h{int(heading.name[1]) - 1}"
    for chapter in chapters:
        chapter["class"] = ["chapter"]
    return chapters


def _cover(title: str, lines: tuple[str, ...], first: Tag) -> str:
    """Title, dates and the answers of the front page, which move from there to the cover."""
    question, answers = (
        first.select_one(which).extract() for which in (".first-question", ".first-screen")
    )
    marks = " · ".join(
        f"<b>{mark}</b> {escape(words.STATUS_MEANINGS[name])}"
        for name, mark in words.STATUS_MARKS.items()
    )
    return (
        f'<section class="cover"><p class="kicker">{pdf_words.KICKER}</p><p'
        f' class="title">{escape(title)}</p><p class="subtitle">{pdf_words.SUBTITLE}</p><p'
        f' class="question">{question.p.decode_contents()}</p><ul'
        f' class="stamp">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul><div'
        f' class="answers">{answers.decode_contents()}</div><p class="marks">{pdf_words.MARKS}:'
        f" {marks} · <b>≠</b> {pdf_words.DISAGREE}.</p><p"
        f' class="disclaimer">{pdf_words.DISCLAIMER}</p></section>'
    )


def _contents(chapters: list[Tag]) -> str:
    """Contents with page numbers, from the chapters' first two levels of headings."""
    lines = []
    for heading in (h for chapter in chapters for h in chapter.select("h1, h2")):
        if heading.parent.name == "section" and not heading.find_parent(
            class_=["text_html", "data-table"]
        ):
            text = BeautifulSoup(re.sub(r"\s+", " ", heading.decode_contents()), "html.parser")
            for inner in text.select("a"):
                inner.unwrap()
            lines.append(
                f'<li class="{heading.name}"><a'
                f' href="#{escape(heading.find_parent("section")["id"])}">{text}</a></li>'
            )
    return (
        f'<nav class="contents" aria-label="{pdf_words.CONTENTS}"><p'
        f' class="contents-title">{pdf_words.CONTENTS}</p><ul>{"".join(lines)}</ul></nav>'
    )
