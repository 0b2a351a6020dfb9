"""The three kinds of content the book adds to Sphinx: a fact in a sentence, a chart, a table."""

from docutils import nodes


class fact_node(nodes.Inline, nodes.TextElement):
    """A fact in running text. Attributes: fact (id), text (as shown). Children: the citation shown in print."""


class chart_node(nodes.General, nodes.Element):
    """A chart. Attribute: content, the dict made by presentation.show.Figure."""


class table_node(nodes.General, nodes.Element):
    """A table. Attribute: content, the dict made by presentation.show.Table."""


class language_node(nodes.Inline, nodes.TextElement):
    """Words in another language than the page's. Attribute: lang (BCP 47)."""


class quotation_node(nodes.General, nodes.Element):
    """An official wording with its English. Attribute: content, the dict made by presentation.show.Quotation."""
