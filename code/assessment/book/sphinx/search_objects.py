"""The search finds what Sphinx alone does not see: facts, figures, glossary terms, and the text of
tables.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.domains import Domain, ObjType

from assessment.book.doctree.nodes import chart_node, quotation_node, table_node
from assessment.book.doctree.page_names import GLOSSARY_PAGE
from assessment.book.doctree.page_shown import shown_on
from assessment.case.definition import load_case
from assessment.evidence import load_facts, load_register
from assessment.pages.registers.anchors import anchor, fact_page, term_anchor
from assessment.presentation import numbers, words


class AssessmentDomain(Domain):
    """Facts, terms and figures as things that can be looked up by name; built from data/ and from
    the pages read.
    """

    name = "assessment"
    label = "Assessment"
    object_types = {kind: ObjType(name) for kind, name in words.FOUND.items()}

    def get_objects(self):
        """Each object as Sphinx asks for it: name, shown as, kind, page, anchor, priority (0: most
        wanted).
        """
        own = load_case().base_set.id
        for fact in load_facts():
            said = " · ".join(
                part
                for part in (
                    f"{fact.label}: {numbers.fact_text(fact)}",
                    fact.population,
                    words.ANALYSIS_SETS[fact.analysis_set],
                    fact.id,
                )
                if part
            )
            page = f"chapters/{fact_page(fact.id)}"
            yield fact.id, said, "fact", page, anchor(fact.id), 1 - (fact.analysis_set == own)
        for row in load_register("glossary").itertuples():
            said = " · ".join(part for part in (row.term, row.original, row.variants) if part)
            yield row.term, said, "term", GLOSSARY_PAGE, term_anchor(row.term), 0
        for page, shown in sorted(shown_on(self.env).items()):
            for name, caption, anchored in shown.figures:
                yield name, caption, "figure", page, anchored, 1

    def get_type_name(self, type, primary=False) -> str:
        # Sphinx would put the domain's name before it, which says nothing to a reader
        return type.lname

    def merge_domaindata(self, docnames, otherdata) -> None:
        pass  # nothing is kept: every object is made anew from data/ and the documents

    def resolve_any_xref(self, env, fromdocname, builder, target, node, contnode):
        return []


def add_words(app, doctree, docname) -> None:
    """Gives tables, charts and quotations their words as text, which the index reads and no page
    shows (their writers skip children).
    """
    if app.builder.name != "html":
        return
    for table in doctree.findall(table_node):
        table += nodes.Text(" ".join(_cells(table["content"])) + " " + table["content"]["caption"])
    for chart in doctree.findall(chart_node):
        chart += nodes.Text(" ".join([chart["content"]["alt"], *_cells(chart["content"]["table"])]))
    for quoted in doctree.findall(quotation_node):
        quoted += nodes.Text(
            " ".join(filter(None, (quoted["content"]["original"], quoted["content"]["english"])))
        )


def _cells(content: dict) -> list[str]:
    return [
        *content["columns"],
        *(
            cell["text"] if isinstance(cell, dict) else cell
            for row in content["rows"]
            for cell in row
        ),
    ]
