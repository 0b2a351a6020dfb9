"""Links out of an edition with fewer pages than the book: to what only the English pages hold.

The edition is read on its own. What it refers to and does not have, a page, a figure with its number, a
term, a reference, is looked up among the documents of the English build, which are kept
(``ASSESSMENT_ENGLISH_PAGES`` names their folder), and the link leads to the English page.
"""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

ENGLISH_PAGES = "ASSESSMENT_ENGLISH_PAGES"
OF_BOOK = {"std", "cite", "assessment"}  # the domains that pages refer by


def names_and_numbers(doctrees: Path) -> str:
    """Titles, numbers of figures, labels and references of the pages in ``doctrees``, as one text that
    changes when one of them does.
    """
    with (doctrees / "environment.pickle").open("rb") as kept:
        known = pickle.load(kept)
    told = {
        "titles": {name: title.astext() for name, title in known.titles.items()},
        "numbers": known.toc_fignumbers,
        "labels": known.domaindata["std"]["labels"],
        # without the formatted entry: as a text it is its address in memory, new with every build
        "citations": [
            str((c.citation_id, c.bibliography_key, c.key, c.entry))
            for c in known.domaindata.get("cite", {}).get("citations", ())
        ],
    }
    return json.dumps(told, sort_keys=True, default=str)


def english_environment(app) -> BuildEnvironment | None:
    """What Sphinx knows of the English pages; None where this is no edition with fewer pages."""
    folder = os.environ.get(ENGLISH_PAGES, "")
    if not folder:
        return None
    if not hasattr(app, "assessment_english"):
        with (Path(folder) / "environment.pickle").open("rb") as kept:
            english = pickle.load(kept)
        # what Sphinx does with an environment that it has kept
        english.app, english.events = app, app.events
        english.domains = {d.name: d for d in app.registry.create_domains(english)}
        app.assessment_english = english
    return app.assessment_english


class _EnglishBuilder:
    """A builder whose addresses lead from a page of the edition to an English one."""

    name, format = "html", "html"

    def __init__(self, builder, language: str):
        self._builder, self._language = builder, language

    def get_relative_uri(self, here: str, there: str, typ: str | None = None) -> str:
        to = self._builder.get_target_uri(there, typ)
        return relative_uri(f"{self._language}/{self._builder.get_target_uri(here)}", to)

    def __getattr__(self, name: str):
        return getattr(self._builder, name)


class LeadToEnglish(SphinxPostTransform):
    """Resolves references to what the edition does not have."""

    default_priority = 5  # before Sphinx looks, and warns, itself (10)

    def run(self, **kwargs) -> None:
        english = english_environment(self.app)
        if english is None:
            return
        builder = cast(Builder, _EnglishBuilder(self.app.builder, self.config.language))
        here = self.env.docname
        for node in list(self.document.findall(pending_xref)):
            domain = node.get("refdomain", "")
            if domain not in OF_BOOK or self._is_here(node):
                continue
            if domain == "cite":
                node.replace_self(self._citations(english, builder, node["reftarget"].split(",")))
                continue
            contents = nodes.inline("", "", *(child.deepcopy() for child in node.children))
            found = english.domains[domain].resolve_xref(
                english, here, builder, node["reftype"], node["reftarget"], node, contents
            )
            if found is not None:
                found["hreflang"] = "en"
                node.replace_self(found)

    def _citations(self, english, builder, keys: list[str]) -> nodes.inline:
        """Numbers of the bibliography, which stands on an English page, as links to it."""
        known = {c.key: c for c in english.domaindata["cite"]["citations"]}
        told = nodes.inline("", "[")
        for n, key in enumerate(keys):
            cited = known[key.strip()]
            to = builder.get_relative_uri(self.env.docname, cited.bibliography_key.docname)
            told += nodes.Text(", " if n else "")
            told += nodes.reference(
                "", cited.formatted_entry.label, internal=True, refuri=f"{to}#{cited.citation_id}"
            )
        told += nodes.Text("]")
        return told

    def _is_here(self, node: pending_xref) -> bool:
        std, target = self.env.domains["std"], node["reftarget"]
        if node["reftype"] == "doc":
            return (
                self.env.relfn2path(target, node.get("refdoc"))[0].removesuffix(".md")
                in self.env.all_docs
                or target in self.env.all_docs
            )
        return target in std.labels or target in std.anonlabels or target in self.env.all_docs


def lead_to_english(app) -> None:
    """Handler of Sphinx's ``builder-inited``: addresses of pages that the edition does not have are
    those of the English ones.
    """
    if english_environment(app) is None or not hasattr(app.builder, "get_relative_uri"):
        return
    english = _EnglishBuilder(app.builder, app.config.language)
    own = app.builder.get_relative_uri

    def address(here: str, there: str, typ: str | None = None) -> str:
        return (own if there in app.env.all_docs else english.get_relative_uri)(here, there, typ)

    app.builder.get_relative_uri = address
