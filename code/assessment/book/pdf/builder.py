"""The PDF: all chapters as one document, laid out by WeasyPrint, without TeX and without a browser."""

from __future__ import annotations

import gc
from pathlib import Path

from sphinx.builders.singlehtml import SingleFileHTMLBuilder

from assessment.book.pdf.printed_document import document

ASSETS = Path(__file__).parents[1] / "assets"
FILE_NAME = "assessment.pdf"


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
        from assessment.book.pdf.page_fill import fill_pages
        from assessment.book.pdf.page_layout import PageSetter

        # a layout is millions of objects that all live to the end; looking for those that do not
        # takes a sixth of the time
        gc.disable()
        page, sheet = document(addctx["body"], self.config.html_title), ASSETS / "pdf.css"
        fill_pages(page, sheet, Path(self.srcdir, "_build", ".chapters"))
        Path(self.outdir, "assessment.html").write_text(str(page), encoding="utf-8")
        with better_tags():
            # tagged; no standard is claimed that no checker confirmed
            PageSetter(sheet).lay_out(str(page)).write_pdf(
                Path(self.outdir, FILE_NAME), pdf_tags=True
            )
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
