"""Glossary terms open where they stand: the first time a section uses one, it carries its
definition.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from docutils import nodes

from assessment.book.doctree.nodes import computed_node, fact_node, language_node, term_node
from assessment.book.doctree.page_names import (
    CHANGES_PAGE,
    CONFLICTS_PAGE,
    DATA_PAGE,
    GLOSSARY_PAGE,
    REFERENCES_PAGE,
    SOURCES_PAGE,
)
from assessment.book.writers.source_cards import card
from assessment.book.writers.writing_state import next_name, page_of
from assessment.case.definition import load_case
from assessment.evidence import load_register
from assessment.pages.registers.anchors import term_anchor
from assessment.pages.registers.glossary_list import OFFICIAL
from assessment.presentation.language import ENGLISH, said_in_data

NO_TERMS = (
    GLOSSARY_PAGE,
    REFERENCES_PAGE,
    SOURCES_PAGE,
    DATA_PAGE,
    CONFLICTS_PAGE,
    CHANGES_PAGE,
)
# Where a word is a name, a heading, a link or another's wording, it stays as it is.
UNTOUCHED = (
    nodes.title,
    nodes.reference,
    nodes.literal,
    nodes.raw,
    nodes.caption,
    nodes.footnote,
    nodes.citation,
    nodes.literal_block,
    nodes.math,
    fact_node,
    computed_node,
    language_node,
    term_node,
)


@lru_cache(maxsize=1)
def _terms() -> tuple[re.Pattern, dict[str, str], dict[str, dict]]:
    """A pattern that finds every term and variant; the term each spelling belongs to; the rows of
    the glossary.
    """
    rows = {row["term"]: row for row in load_register("glossary").to_dict("records")}
    spelled = {
        s: term
        for term, row in rows.items()
        for s in {term, *filter(None, (row["variants"] or "").split("; ")), *_official(row)}
    }
    longest_first = sorted(spelled, key=lambda s: -len(s))
    return (
        re.compile(rf"(?<![\w-])({'|'.join(_loose(s) for s in longest_first)})(?![\w-])"),
        spelled,
        rows,
    )


def _official(row: dict) -> set[str]:
    """How an edition in the official language spells a term."""
    return {row["original"]} if OFFICIAL and row["original"] else set()


def _loose(spelling: str) -> str:
    """A spelling as a pattern: words in small letters may begin a sentence, abbreviations stand as
    they are.
    """
    first = spelling[0]
    return (f"[{first}{first.upper()}]" if first.islower() else re.escape(first)) + re.escape(
        spelling[1:]
    ).replace(r"\ ", r"\s+")


def find(text: str, used: set[str]) -> list[tuple[int, int, str]]:
    """Where terms not yet in ``used`` stand in a text: (start, end, term), each term once. ``used``
    is added to.
    """
    pattern, spelled, _rows = _terms()
    found = []
    for match in pattern.finditer(text):
        said = re.sub(r"\s+", " ", match[0])
        term = spelled.get(said) or spelled[said[0].lower() + said[1:]]
        if term not in used:
            used.add(term)
            found.append((match.start(), match.end(), term))
    return found


def mark_terms(app, doctree, docname) -> None:
    """Puts a term_node around the first use of each term in each section of a page of the site."""
    if app.builder.name != "html" or docname.startswith(NO_TERMS):
        return
    used: dict[int, set[str]] = {}
    for text in list(doctree.findall(nodes.Text)):
        if isinstance(text.parent, language_node) and _names_a_body(
            text, used.setdefault(id(_section(text)), set())
        ):
            continue
        if any(
            isinstance(above, UNTOUCHED) or "source-line" in above.get("classes", ())
            for above in _above(text)
        ):
            continue
        found = find(text.astext(), used.setdefault(id(_section(text)), set()))
        if found:
            _replace(text, found)


def _names_a_body(text: nodes.Text, used: set[str]) -> bool:
    """Words in another language that are a term of their own, as the names of bodies are: the whole
    of them opens, and stays in its language.
    """
    word, spelled = text.parent, _terms()[1]
    if (
        any(isinstance(above, UNTOUCHED) for above in _above(word))
        or (term := spelled.get(text.astext())) is None
        or term in used
    ):
        return False
    used.add(term)
    word.parent.replace(
        word, term_node("", "", language_node("", text.astext(), lang=word["lang"]), term=term)
    )
    return True


def _above(node):
    while (node := node.parent) is not None:
        if isinstance(node, nodes.Element):
            yield node


def _section(text):
    """The chapter's section a text stands in: what a heading of the second level opens."""
    sections = [above for above in _above(text) if isinstance(above, nodes.section)]
    return sections[-2] if len(sections) > 1 else sections[-1] if sections else None


def _replace(text: nodes.Text, found: list[tuple[int, int, str]]) -> None:
    parts, at, whole = [], 0, text.astext()
    for start, end, term in found:
        parts += [
            nodes.Text(whole[at:start]),
            term_node("", nodes.Text(whole[start:end]), term=term),
        ]
        at = end
    text.parent.replace(text, [p for p in (*parts, nodes.Text(whole[at:])) if p.astext()])


def visit_term(self, node: term_node) -> None:
    row, text, name = _terms()[2][node["term"]], escape(node.astext()), next_name(self, "term")
    if isinstance(node.children[0], language_node):
        text = f'<span lang="{node.children[0]["lang"]}">{text}</span>'
    language, other = load_case().language.id, row["original"]
    if OFFICIAL:
        language, other = ENGLISH, node["term"] if other else None
    own = row["original"] if OFFICIAL and other else node["term"]
    shown = f' · <span lang="{language}">{escape(other)}</span>' if other and other != own else ""
    page = self.builder.get_relative_uri(page_of(self), GLOSSARY_PAGE)
    self.body.append(
        f'<span class="fact term"><a class="fact-link" href="{page}#{term_anchor(node["term"])}"'
        f' aria-describedby="{name}">{text}</a>'
        + card(
            name,
            f'<span class="fact-title">{escape(own)}{shown}</span>{escape(said_in_data(row["definition"]))}',
        )
        + "</span>"
    )
    raise nodes.SkipNode
