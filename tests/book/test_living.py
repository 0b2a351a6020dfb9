"""A fact changes in data/, and every sentence, figure and PDF page that depends on it changes with
it, or the build fails and says where; and what is built upon the last build is, byte for byte, what is
built from the pages anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from assessment.book.site.version import PDF_ON_SITE
from assessment.evidence import ROOT

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from built_copies import KEPT, copy_of, differing_from_anew, try_to_build


@pytest.fixture(scope="module")
def copy(tmp_path_factory, site):
    """A copy of the book, with all that a previous build kept, finished pages too, so that a stale
    result or page could show; what has not changed is not made again.
    """
    root = tmp_path_factory.mktemp("copy") / "book"
    copy_of(ROOT, root, (*KEPT, ".made"))
    return root


def spoil(path, old: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text


def test_a_wrong_value_stops_the_build_and_is_named(copy):
    facts = copy / "data" / "facts" / "cabinet.csv"
    before = spoil(facts, ",0.23,0.12,0.42,", ",0.43,0.12,0.42,")
    result = try_to_build(copy)
    facts.write_text(before, encoding="utf-8")
    said = result.stdout + result.stderr
    assert result.returncode != 0 and re.search(
        r"data/facts/cabinet\.csv, row \d+, field 'value': found '0\.43'", said
    )


def test_an_unknown_fact_in_prose_stops_the_build_and_suggests(copy):
    chapter = copy / "chapters" / "decision-summary.md"
    before = spoil(chapter, "cabinet.crossover.pnet.rate", "cabinet.crossover.pnet.ratte")
    result = try_to_build(copy)
    chapter.write_text(before, encoding="utf-8")
    said = result.stdout + result.stderr
    assert (
        result.returncode != 0
        and "decision-summary.md" in said
        and "Nearest ids: cabinet.crossover.pnet.rate" in said
        and "[2/3]" not in said  # before the long computations
    )


@pytest.mark.long
def test_a_changed_fact_changes_sentences_figures_and_pdf(copy, site):
    facts = copy / "data" / "facts" / "cabinet.csv"
    spoil(facts, ",0.23,0.12,0.42,", ",0.31,0.12,0.42,")
    result = try_to_build(copy)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    new_site = copy / "_build" / "html"
    for page in ("index.html", "chapters/trial-evidence.html", "chapters/sources-cabinet.html"):
        seen = re.sub(r"<[^>]+>", "", (new_site / page).read_text(encoding="utf-8"))
        assert "0.31 (0.12–0.42)" in seen and "0.23 (0.12–0.42)" not in seen, page
    drawings = [
        p.name
        for p in sorted((new_site / "_downloads" / "figures").iterdir())
        if p.read_bytes() != (site / "_downloads" / "figures" / p.name).read_bytes()
    ]
    assert any(name.endswith(".svg") for name in drawings) and any(
        name.endswith(".csv") for name in drawings
    )
    print_text = " ".join(page.extract_text() for page in PdfReader(new_site / PDF_ON_SITE).pages)
    assert "0.31 (0.12–0.42)" in print_text and "0.23 (0.12–0.42)" not in print_text


@pytest.mark.long
def test_it_is_what_a_build_from_nothing_gives(copy, tmp_path):
    """Of the book as the change above left it: site and PDF, in a folder with another kind of name."""
    assert differing_from_anew(copy, tmp_path / "anew æ") == []
