"""``{workbook-sheet}``: a part of a sheet of the Excel workbook, drawn from the workbook of this build.

    ```{workbook-sheet} Inputs
    :rows: 1, 4..6, price_per_pack_nok
    :columns: A, D..F
    :formula: price_per_pack_nok

    What readers see in it.
    ```

Rows and cells as in ``workbook.exchange.sheet_part``. Nothing is drawn while the model waits for inputs.
"""

from __future__ import annotations

from functools import lru_cache

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from assessment.book.doctree.nodes import workbook_sheet_node
from assessment.book.site.workbook_download import is_offered
from assessment.book.writers.sheet_writer import sheet_html
from assessment.presentation.language import _
from assessment.workbook.exchange.sheet_part import ReadWorkbook
from assessment.workbook.sheets.workbook_layout import workbook_bytes


class WorkbookSheet(SphinxDirective):
    """The directive: its body is the caption."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {
        "rows": directives.unchanged_required,
        "columns": directives.unchanged_required,
        "formula": directives.unchanged,
    }

    def run(self):
        self.assert_has_content()
        return [
            workbook_sheet_node(
                "",
                sheet=self.arguments[0],
                rows=self.options["rows"],
                columns=self.options["columns"],
                formula=self.options.get("formula", ""),
                caption=" ".join(self.content),
            )
        ]


@lru_cache(maxsize=1)
def _workbook() -> ReadWorkbook:
    return ReadWorkbook(workbook_bytes())


def visit_workbook_sheet(self, node: workbook_sheet_node) -> None:
    if is_offered():
        self.body.append(_drawn(node))
    raise nodes.SkipNode


def _drawn(node: workbook_sheet_node) -> str:
    if not workbook_bytes.is_kept():  # a draft does not wait for it
        words = _("The sheet is drawn when the whole book is built.")
        return f"<p>{words}</p>"
    part = _workbook().part(node["sheet"], node["rows"], node["columns"], node["formula"])
    return sheet_html(part, node["caption"])
