"""What makes a written page stale, and what does not."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes

from assessment.book.doctree.environment_digest import document_digest, environment_digest


def state(**changed):
    """An environment and an application as small as the digest needs them."""
    title = nodes.title("", changed.get("title", "One"))
    citation = SimpleNamespace(
        citation_id="cite-1",
        bibliography_key="list",
        key="chan",
        formatted_entry=SimpleNamespace(label=changed.get("label", "1")),
    )
    places = {"labels": {"fig": ("one", changed.get("place", "fig"), "A figure")}}
    env = SimpleNamespace(
        assessment_inputs=changed.get("inputs", "code and data"),
        found_docs={"one", "two"},
        toctree_includes={"one": changed.get("order", ["two", "three"])},
        toc_secnumbers={},
        toc_fignumbers={"one": {"figure": {"fig": (changed.get("figure", 1),)}}},
        titles={"one": title},
        longtitles={"one": title},
        tocs={},
        metadata={"one": {"wordcount": {"words": changed.get("words", 10)}}},
        domaindata={"cite": {"citations": [citation]}},
        get_domain=lambda name: SimpleNamespace(data=places),
    )
    setting = SimpleNamespace(name="numfig", rebuild="env", value=changed.get("setting", True))
    return env, SimpleNamespace(srcdir="", config=[setting])


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Two"},
        {"label": "2"},
        {"place": "other"},
        {"order": ["three", "two"]},
        {"figure": 2},
        {"setting": False},
        {"inputs": "other data"},
    ],
)
def test_what_other_pages_show_makes_a_page_stale(changed):
    assert environment_digest(*state(**changed)) != environment_digest(*state())


def test_words_of_a_page_leave_the_others_as_they_are():
    assert environment_digest(*state(words=11)) == environment_digest(*state())


def test_a_document_is_told_by_its_doctree(tmp_path: Path):
    env = SimpleNamespace(doctreedir=tmp_path)
    (tmp_path / "one.doctree").write_bytes(b"a")
    before = document_digest(env, "one")
    (tmp_path / "one.doctree").write_bytes(b"b")
    assert document_digest(env, "one") != before
