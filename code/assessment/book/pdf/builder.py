"""The PDF: each document written as a fragment of HTML, set as a chapter, and all put together, without
TeX and without a browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from docutils import nodes
from docutils.io import StringOutput
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.build_phase import BuildPhase
from sphinx.util.osutil import relative_uri

from assessment.book.doctree.environment_digest import document_digest, environment_digest
from assessment.book.doctree.nodes import placeholder_node
from assessment.book.pdf.appendices import appendices_last, appendix_names
from assessment.book.pdf.brief import brief_pages
from assessment.book.pdf.brief_chapters import brief_chapters, within
from assessment.book.pdf.fragments import Fragments
from assessment.book.pdf.kept_pages import KeptPages
from assessment.book.pdf.layout.fill_record import FILE as FILL_NAME
from assessment.book.pdf.layout.fill_record import read_records, records_text
from assessment.book.pdf.whole_book import Volume, volume, volumes
from assessment.book.site.page_addresses import site_address
from assessment.evidence.provenance.result_cache import write_whole

FILE_NAME, BRIEF_NAME = "assessment.pdf", "assessment-brief.pdf"


class AssessmentPDFBuilder(StandaloneHTMLBuilder):
    """Writes the documents that changed as fragments, and the PDF from all fragments.

    ``write_pdf`` does the same for documents that another builder has read.
    """

    name = "assessmentpdf"
    epilog = "The PDF is in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]
    allow_parallel = False
    copysource = False
    search = False

    def get_outdated_docs(self) -> str:  # type: ignore[override]
        # which they are is known when all were read
        return "documents that changed"  # not translated: for builders

    def write(
        self,
        build_docnames: Iterable[str] | None,
        updated_docnames: Sequence[str],
        method: Literal["all", "specific", "update"] = "update",
    ) -> None:
        self.write_pdf()

    def write_pdf(self) -> Path:
        """Writes the PDF of the documents as the environment has them."""
        outdir = Path(self.outdir)
        fragments = Fragments(outdir / "fragments")
        kept = KeptPages(Path(self.srcdir, "_build", ".chapters"))
        names = list(self._in_order(self.config.root_doc))
        self.prepare_writing(set(names))
        common = environment_digest(self.env, self.app)
        # All fragments before anything is set: WeasyPrint changes how charts are written as XML.
        written = {name: self._fragment(name, common, fragments) for name in names}
        fragments.tidy(set(names))
        chapters = [kept.printed(name, fragment) for name, fragment in written.items()]
        title, picked = self.config.html_title, brief_pages(Path(self.srcdir))
        printed = appendices_last(chapters, appendix_names(Path(self.srcdir)))
        asked = [volume(title, printed, picked[0].page if picked else "")]
        if picked:
            address = site_address(Path(self.srcdir))
            short = brief_chapters(picked, written, kept, address)
            asked.append(Volume(title, within(chapters[:1], address)[0], short, brief=True))
        fills = read_records(Path(self.srcdir))
        made = volumes(asked, kept, fills)
        # what make accept takes over
        write_whole(outdir / FILL_NAME, records_text(fills).encode())
        for name, (pdf, page) in zip((FILE_NAME, BRIEF_NAME), made):
            write_whole((outdir / name).with_suffix(".html"), page.encode())
            write_whole(outdir / name, pdf)
        return outdir / FILE_NAME

    def _in_order(self, name: str, seen: set[str] | None = None) -> Iterator[str]:
        """A document and those its table of contents leads to, in the order of reading."""
        seen = seen if seen is not None else set()
        if name in seen:
            return
        seen.add(name)
        yield name
        for below in self.env.toctree_includes.get(name, ()):
            yield from self._in_order(below, seen)

    def _fragment(self, name: str, common: str, fragments: Fragments) -> str:
        """A document as HTML, written anew where what was kept does not hold."""
        key = f"{common} {document_digest(self.env, name)}"
        kept = fragments.read(name, key)
        if kept is not None:
            return kept
        self.app.phase = BuildPhase.RESOLVING
        doctree = self.env.get_and_resolve_doctree(name, self)
        # what the build fills in may say which version this is
        holds = not any(doctree.findall(placeholder_node))
        self.app.phase = BuildPhase.WRITING
        written = self._written(name, doctree)
        fragments.write(name, key if holds else "", written)
        return written

    def _written(self, name: str, doctree: nodes.document) -> str:
        doctree.settings = self.docsettings
        self.secnumbers = self.env.toc_secnumbers.get(name, {})
        self.fignumbers = self.env.toc_fignumbers.get(name, {})
        self.imgpath = relative_uri(self.get_target_uri(name), "_images")
        self.dlpath = relative_uri(self.get_target_uri(name), "_downloads")
        self.current_docname = name
        self.post_process_images(doctree)
        self.docwriter.write(doctree, StringOutput(encoding="utf-8"))
        self.docwriter.assemble_parts()
        return self.docwriter.parts["fragment"]

    def finish(self) -> None:
        # other extensions drop their styles here; nothing reads them
        Path(self.outdir, "_static").mkdir(exist_ok=True)


def write_pdf(app, outdir: Path) -> Path:
    """Writes the PDF below ``outdir`` from documents that ``app`` has read for another builder, and
    returns its path. The process must write nothing else with ``app`` afterwards: this is for a
    process forked when all documents were read and none was written.
    """
    outdir.mkdir(parents=True, exist_ok=True)
    app.outdir = type(app.outdir)(outdir)
    builder = app.registry.create_builder(app, AssessmentPDFBuilder.name, env=app.env)
    app.builder = builder
    builder.init()
    return builder.write_pdf()
