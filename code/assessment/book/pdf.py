"""The PDF: all chapters as one document, laid out by WeasyPrint, without TeX and without a browser."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.util import logging

from assessment.evidence import evidence_date
from assessment.presentation import numbers, words

from .version import version

ASSETS = Path(__file__).with_name("assets")
FILE_NAME = "assessment.pdf"
# What belongs to the site only: code, controls, links to headings, tables folded behind figures.
WEB_ONLY = ".headerlink, details.hide, .cell_input, script, button, details.chart-data, .toctree-wrapper > ul, .web-only, style, input"
logger = logging.getLogger(__name__)


class AssessmentPDFBuilder(SingleFileHTMLBuilder):
    """Assembles the chapters on one page as Sphinx's singlehtml does, then sets that page as a tagged PDF."""

    name = "assessmentpdf"
    epilog = "The PDF is in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]
    allow_parallel = False

    def handle_page(self, pagename, addctx, templatename="page.html", outfilename=None, event_arg=None) -> None:
        if pagename != self.config.root_doc:
            return
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        page = document(addctx["body"], self.config.html_title)
        Path(self.outdir, "assessment.html").write_text(page, encoding="utf-8")
        fonts = FontConfiguration()
        style = weasyprint.CSS(filename=str(ASSETS / "pdf.css"), font_config=fonts)
        weasyprint.HTML(string=page, base_url=f"{ASSETS.as_uri()}/", media_type="print").write_pdf(
            Path(self.outdir, FILE_NAME), stylesheets=[style], font_config=fonts, pdf_tags=True)  # tagged; no standard is claimed that no checker confirmed

    def assemble_toc_fignumbers(self) -> dict:
        # Sphinx prefixes the keys with the document for its own singlehtml only; figures here are all named, so a plain merge is safe.
        merged: dict[str, dict] = {}
        for numbers_of in self.env.toc_fignumbers.values():
            for kind, found in numbers_of.items():
                merged.setdefault(kind, {}).update(found)
        return {self.config.root_doc: merged}

    def write_doc_serialized(self, docname, doctree) -> None:
        pass  # there is no search index in print

    def finish(self) -> None:
        Path(self.outdir, "_static").mkdir(exist_ok=True)  # other extensions drop their styles here; nothing reads them


def document(body: str, title: str) -> str:
    """The whole book as one HTML page for print: cover, contents, chapters. ``body`` is what Sphinx wrote."""
    soup = BeautifulSoup(body, "html.parser")
    for unwanted in soup.select(WEB_ONLY):
        unwanted.decompose()
    _links_within(soup)
    _unique_ids(soup)
    _footnotes(soup)
    _condense_facts(soup)
    _repair(soup)
    now = version()
    stamp = f"Version {now.commit}" + (f", {numbers.day(now.day)}" if now.day else "")
    evidence = f"Evidence as of {numbers.day(evidence_date())}"
    cover = (f'<section class="cover"><p class="kicker">A living assessment document</p><p class="title">{escape(title)}</p>'
             f'<p class="subtitle">Follows the Norwegian <span lang="nb">egnethetsvurdering</span> ID2025_048</p>'
             f'<div class="stamp"><p>{escape(stamp)}</p><p>{escape(evidence)}</p></div>'
             f'<p class="disclaimer">Independent work. Not a document of <span lang="nb">Direktoratet for medisinske produkter</span>, not medical advice. '
             f"Curves and results marked as assumption or calibrated are exactly that. The site is the accessible original.</p>"
             f'<p class="marks">{_legend()}</p></section>')
    return (f'<html lang="{words.LANGUAGE}"><head><meta charset="utf-8"><title>{escape(title)}</title><meta name="author" content="The assessment\'s contributors">'
            f'<meta name="description" content="{escape(stamp)}. {escape(evidence)}."></head><body>'
            f'<p class="running-version">{escape(stamp)} · {escape(evidence)}</p>{cover}{_contents(soup)}<main>{soup}</main></body></html>')


def _legend() -> str:
    shown = " ".join(f'<span class="legend"><b>{mark}</b> {escape(words.STATUS_MEANINGS[name])}</span>' for name, mark in words.STATUS_MARKS.items())
    return f'{shown} <span class="legend"><b>≠</b> sources disagree</span>'


def _links_within(soup: BeautifulSoup) -> None:
    """Links from page to page become links within the document."""
    for link in soup.select("a[href]"):
        if within := re.fullmatch(r"(?:\.\./|chapters/)*([\w-]+)\.html(#.*)?", link["href"]):
            link["href"] = within[2] or f"#document-chapters/{within[1]}"


def _unique_ids(soup: BeautifulSoup) -> None:
    """Sphinx repeats its automatic ids (id1, ...) in every chapter; links inside a chapter must keep to that chapter."""
    repeated = {name for name, count in Counter(e["id"] for e in soup.select("[id]")).items() if count > 1}
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
            logger.warning("PDF: a link points nowhere: %s (%s)", link["href"], link.get_text()[:60])


def _footnotes(soup: BeautifulSoup) -> None:
    """Footnotes go to the foot of their page."""
    for reference in soup.select("a.footnote-reference"):
        note = soup.find(id=reference["href"][1:])
        if note is None:
            continue
        text = note.find_all("p")
        foot = soup.new_tag("span", attrs={"class": "footnote-body"})
        for paragraph in text:
            foot.extend(BeautifulSoup(paragraph.decode_contents(), "html.parser").contents)
        reference.replace_with(foot)
    for block in soup.select("aside.footnote-list, aside.footnote, hr.footnotes"):
        block.decompose()


def _condense_facts(soup: BeautifulSoup) -> None:
    """The register of facts, hundreds of rows, becomes a list in two columns; ids, notes and formulas stay on the site."""
    for table in soup.select("table.facts"):
        lines = soup.new_tag("div", attrs={"class": "fact-list"})
        for row in table.select("tbody tr"):
            for detail in row.select(".fact-note, .fact-id"):
                detail.decompose()
            cells = [" ".join(cell.decode_contents().split()) for cell in row.find_all(["th", "td"])]
            mark = row.find("span", class_="status-mark").get_text()
            text = f"<b>{cells[0]}</b> <i>{cells[2]}</i>: {cells[1]} {mark} {cells[3]}"
            line = BeautifulSoup(f'<p id="{row["id"]}">{text}</p>', "html.parser").p
            lines.append(line)
        table.replace_with(lines)


def _repair(soup: BeautifulSoup) -> None:
    """Small things a tagged PDF asks for: no links without text, figures that name their picture, external links visible as such."""
    for link in soup.select("a"):
        if not link.get_text(strip=True) and not link.find("svg"):
            link.unwrap()
    for table in soup.select("table.data"):
        columns = len(table.select("thead th"))
        if columns > 6:
            table["class"] = [*table["class"], "many-columns"]
        if len(table.select("tbody tr")) <= 14:  # a short table moves to the next page rather than leave a row behind
            table["class"] = [*table["class"], "short"]
    for scroller in soup.select(".table-scroll"):
        for name in ("tabindex", "role", "aria-label"):
            del scroller[name]
    for span in soup.select('span[id^="document-"]'):
        section = span.find_next("section")
        if isinstance(section, Tag):
            section["class"] = [*section.get("class", []), "chapter"]
            _raise_headings(section)


def _raise_headings(section: Tag) -> None:
    """Chapters hang below the front page in Sphinx's tree, one heading level too low; in print they are its equals."""
    for heading in section.find_all(re.compile("^h[2-6]$")):
        if heading.find_parent(class_="text_html"):  # written by a cell at its true level
            continue
        heading.name = f"h{int(heading.name[1]) - 1}"


def _contents(soup: BeautifulSoup) -> str:
    """Contents with page numbers, from the chapters' first two levels of headings."""
    lines = []
    for heading in soup.select("section > h1, section > h2"):
        if heading.find_parent(class_="text_html"):
            continue
        target = heading.find_parent("section").get("id")
        if target:
            text = re.sub(r"\s+", " ", heading.decode_contents())
            text = BeautifulSoup(text, "html.parser")
            for inner in text.select("a"):
                inner.unwrap()
            lines.append(f'<li class="{heading.name}"><a href="#{escape(target)}">{text}</a></li>')
    return f'<nav class="contents" aria-label="Contents"><p class="contents-title">Contents</p><ul>{"".join(lines)}</ul></nav>'
