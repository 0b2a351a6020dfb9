"""The way out of Jupyter Book: its settings are those of the book, and what readers see is compared."""

from __future__ import annotations

import yaml

from assessment.book.publishing import plain_sphinx as subject
from assessment.evidence import ROOT


def test_plain_sphinx_is_told_what_the_book_is_told():
    said: dict = {}
    exec(subject.settings(), said)
    book = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert {name: said[name] for name in book["sphinx"]["config"]} == book["sphinx"]["config"]
    assert "assessment.book.extension" in said["extensions"]
    assert not [name for name in said["extensions"] if "jupyter" in name and "book" in name]
    assert said["bibtex_bibfiles"] and said["myst_enable_extensions"]


def test_only_what_a_reader_sees_is_compared(tmp_path):
    for name, words in {"one": "costs 4 kroner", "other": "costs 5 kroner"}.items():
        (tmp_path / name / "chapters").mkdir(parents=True)
        script = f"<script>{name}</script><aside>{name}</aside>"
        same = f"{script}<article><h1>Title</h1>\n<p>same  words</p></article>"
        (tmp_path / name / "index.html").write_text(same)
        page = f"<article><p>{words}</p><script>{name}</script></article>"
        (tmp_path / name / "chapters" / "economics.html").write_text(page)
    (tmp_path / "one" / "chapters" / "gone.html").write_text("<article>x</article>")
    found = list(subject.differences(tmp_path / "one", tmp_path / "other"))
    assert len(found) == 2
    assert "-costs 4 kroner" in found[0] and "+costs 5 kroner" in found[0]
    assert "gone.html: missing" in found[1]
