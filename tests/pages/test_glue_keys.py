"""Where does this number come from? A plain search of the code for the key that a chapter shows
finds the line that makes the text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from assessment.book.page_contents import page_files
from assessment.evidence import ROOT
from assessment.presentation.glue_keys import of_cohort, stem_of

# Pages with keys that are still put together in the code. The list only gets shorter: whoever
# mends a page takes its line out.
NOT_YET = {
    "comparisons",
    "trial-evidence",
    "validation",
}
GLUED = re.compile(r"\{glue:text\}`([^`]+)`")


def glued_keys(page: str) -> list[str]:
    """The keys of the computed texts that a page shows."""
    return sorted(set(GLUED.findall(page_files()[page].read_text(encoding="utf-8"))))


@lru_cache(maxsize=1)
def literals() -> frozenset[str]:
    """Every whole string that stands in the code of the pages."""
    return frozenset(
        text
        for file in sorted((ROOT / "code" / "assessment" / "pages").rglob("*.py"))
        for text in strings_of(file)
    )


def strings_of(file: Path) -> Iterator[str]:
    """The strings of one file, without the pieces of those that are put together."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    pieces = {
        id(piece)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for piece in node.values
    }
    for node in ast.walk(tree):
        if id(node) in pieces or not isinstance(node, ast.Constant):
            continue
        if isinstance(node.value, str):
            yield node.value


def not_found(page: str) -> list[str]:
    """Keys of a page that no search of the code finds, neither whole nor by their stem."""
    return [key for key in glued_keys(page) if not {key, stem_of(key)} & literals()]


@pytest.mark.parametrize("page", sorted(set(page_files()) - NOT_YET))
def test_a_search_for_a_key_finds_the_code_that_makes_its_text(page):
    assert not_found(page) == [], (
        "write these keys in the code as the page writes them; with a text for each cohort: the"
        " stem, by glue_keys.of_cohort"
    )


@pytest.mark.parametrize("page", sorted(NOT_YET))
def test_a_page_that_is_done_leaves_the_list(page):
    assert not_found(page), f"every key of {page} is found: take it out of NOT_YET"


def test_the_search_finds_what_it_should(tmp_path):
    file = tmp_path / "page.py"
    file.write_text("""texts = {"told": "x", f"built_{'up'}": "y"}\n""", encoding="utf-8")
    found = set(strings_of(file))
    assert "told" in found and not {"built_", "built_up"} & found


def test_keys_of_cohorts_lead_back_to_their_stem():
    keys = list(of_cohort("pnet", {"base_icer": "4 million"}))
    assert keys == ["base_icer.pnet"] and stem_of(keys[0]) == "base_icer"
    assert stem_of("base_price") == "base_price"
