"""The kinds of content the book adds to Sphinx: facts and computed numbers in a sentence, charts,
tables, and what the build fills in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from docutils import nodes


class PackedContent(Mapping):
    """The content of a figure or table, as JSON until somebody looks into it: documents are opened
    often, their figures seldom.
    """

    def __init__(self, content: Mapping[str, Any]):
        self._text = json.dumps(content)

    @cached_property
    def _content(self) -> dict[str, Any]:
        return json.loads(self._text)

    def __getitem__(self, name: str) -> Any:
        return self._content[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)

    def __getstate__(self) -> dict[str, str]:
        return {"_text": self._text}

    def __copy__(self) -> PackedContent:
        return self

    def __deepcopy__(self, _known: dict) -> PackedContent:
        return self


class fact_node(nodes.Inline, nodes.TextElement):
    """A fact in running text. Attributes: fact (id), text (as shown). Children: the citation shown
    in print.
    """


class chart_node(nodes.General, nodes.Element):
    """A chart; in it, its source line. Attribute: content, the dict made by
    presentation.show.Figure.
    """


class table_node(nodes.General, nodes.Element):
    """A table. Attribute: content, the dict made by presentation.show.Table."""


class language_node(nodes.Inline, nodes.TextElement):
    """Words in another language than the page's. Attribute: lang (BCP 47)."""


class quotation_node(nodes.General, nodes.Element):
    """An official wording with its English. Attribute: content, the dict made by
    presentation.show.Quotation.
    """


class computed_node(nodes.Inline, nodes.TextElement):
    """A computed number in running text. Attributes: origin (function, facts, tables), name (as
    glued).
    """


class made_node(nodes.General, nodes.Element):
    """The line below a figure or table that names the function behind it. Attribute: origin."""


class computed_register_node(nodes.General, nodes.Element):
    """Where the register of computed numbers goes; filled when all pages have been read."""


class term_node(nodes.Inline, nodes.TextElement):
    """A glossary term in running text that opens its definition. Attribute: term (as in
    data/glossary.csv).
    """


class placeholder_node(nodes.General, nodes.Element):
    """HTML that the build makes for one place of one page (cite box, data tables, reading ease).
    Attribute: what.
    """


class workbook_sheet_node(nodes.General, nodes.Element):
    """A part of a sheet of the workbook. Attributes: sheet, rows, columns, formula, caption."""


class explorer_node(nodes.General, nodes.Element):
    """The live explorer. Attribute: content, the dict made by presentation.explorer.Explorer."""


class set_number_node(nodes.Inline, nodes.TextElement):
    """A number of the base analysis set, its child, and of the others. Attributes: set and printed
    (of the child), others (list of {set, fact, text, printed}; fact "" where the set has none).
    """


class set_switch_node(nodes.General, nodes.Element):
    """The control that chooses the analysis set whose numbers a page shows."""
