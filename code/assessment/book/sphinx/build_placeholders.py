"""Places of a page that the build fills: the cite box, the tables of data, where earlier versions are
kept, the reading ease of the page itself.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from assessment.book.doctree.nodes import (
    placeholder_node,
)
from assessment.book.doctree.page_text import above, page_text
from assessment.book.doctree.reading_ease import ReadingEase, reading_ease
from assessment.book.provenance import provenance_schema
from assessment.book.site import citation, data_archive, stamp, workbook_download
from assessment.book.site.page_addresses import english_site
from assessment.book.site.version import pdfs_on_site
from assessment.book.writers.writing_state import is_pdf, page_of
from assessment.presentation import numbers, words

VERSIONS = (
    "v"  # the folder of earlier versions on the published site (publishing/earlier_versions.py)
)
MOST_WORDS = 700  # of a page that carries {reading-ease}
logger = logging.getLogger(__name__)


class BuildPlaceholder(SphinxDirective):
    """A directive such as ``{cite-box}`` or ``{data-tables}``: HTML made when the page is written."""

    def run(self):
        return [placeholder_node("", what=self.name)]


def measure(app, doctree, docname) -> None:
    """Measures a page that carries {reading-ease}; too long a page is a warning, which the strict
    build turns into a failure.
    """
    for place in doctree.findall(placeholder_node):
        if place["what"] == "reading-ease":
            # in print all pages hang in one tree, but each page's nodes know their own
            page = [place, *above(place)][-1]
            place["ease"] = ease = reading_ease(page_text(page))
            if ease.words > MOST_WORDS:
                logger.warning(
                    "this page may have %s words and has %s: shorten it",
                    MOST_WORDS,
                    ease.words,
                    location=docname,
                )


def ease_line(ease: ReadingEase) -> str:
    """The measures as a sentence."""
    return words.READING_EASE.format(
        words=numbers.number(ease.words),
        lix=numbers.number(ease.lix),
        flesch=numbers.number(ease.flesch),
    )


def _cite_box(visitor) -> str:
    """The box itself in print; on the site its mark, which is replaced when the page is stamped."""
    builder = visitor.builder
    home = builder.get_relative_uri(page_of(visitor), builder.config.root_doc)
    top = home.rpartition("index.html")[0]
    if not is_pdf(visitor):
        return stamp.CITE.format(top=top)
    address = builder.config.assessment_site_address
    return citation.box(citation.work(Path(builder.srcdir), address), top)


def _earlier_versions(address: str) -> str:
    """Where the sites of earlier versions stand: a link where this one has an address, else in words."""
    if not address:
        return f"<p>{words.EARLIER['no_address']}</p>"
    link = f'<a href="{address.rstrip("/")}/{VERSIONS}/">{words.EARLIER["list"]}</a>'
    return f"<p>{words.EARLIER['kept']} {link}</p>"


def _pdf_editions(visitor) -> str:
    """Links to the PDFs: the brief, where the book has one, and the whole."""
    builder = visitor.builder
    folder = english_site(builder, page_of(visitor))
    links = "".join(
        f'<li><a href="{folder}{file}">{words.PDF_EDITIONS[name]}</a></li>'
        for name, file in pdfs_on_site(Path(builder.srcdir)).items()
    )
    return f'<ul class="pdf-editions web-only">{links}</ul>'


def visit_placeholder(self, node: placeholder_node) -> None:
    if node["what"] == "cite-box":
        self.body.append(_cite_box(self))
    elif node["what"] == "data-tables":
        self.body.append(data_archive.tables(self.builder, page_of(self)))
    elif node["what"] == "provenance-fields":
        self.body.append(provenance_schema.fields_table())
    elif node["what"] == "earlier-versions":
        self.body.append(_earlier_versions(self.builder.config.assessment_site_address))
    elif node["what"] == "pdf-editions":
        self.body.append("" if is_pdf(self) else _pdf_editions(self))
    elif node["what"] == "model-workbook":
        top = english_site(self.builder, page_of(self))
        self.body.append("" if is_pdf(self) else workbook_download.link(top))
    else:
        self.body.append(f'<p class="reading-ease">{ease_line(node["ease"])}</p>')
    raise nodes.SkipNode
