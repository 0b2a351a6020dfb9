"""How many words readers see: what is counted, and that the pages stay within their number."""

from __future__ import annotations

import pytest

from assessment.book.building.build_inputs import pages
from assessment.book.check_book import word_lines
from assessment.book.doctree.visible_words import (
    MOST_IN_ALL,
    in_archive,
    seen_words,
    words_by_page,
)
from assessment.evidence import ROOT


def test_words_are_those_seen_before_anything_is_opened():
    page = """<body><nav>Menu of the book</nav><article><h1>Two words</h1>
        <p>A price of <span class="fact"><a href="#">70&nbsp;000</a><sup>●</sup>
        <noscript>a card</noscript></span> NOK</p>
        <details><summary>All rows</summary><table><tr><td>folded away</td></tr></table></details>
        <details open><summary>Open</summary>seen</details>
        <p hidden>not seen</p>
        <svg><text>in a figure</text></svg><script>no words</script><br>
        <table><tr><td>one</td><td>two</td></tr>
        <tr class=more><td>three</td></tr></table></article><footer>not counted</footer></body>"""
    # Two words · A price of NOK · All rows · Open seen · one two; a number alone is no word
    assert seen_words(page) == 2 + 4 + 2 + 2 + 2


def test_the_archive_is_told_by_name():
    assert in_archive("chapters/sources-norway.html") and in_archive("chapters/conflicts")
    assert not in_archive("index.html") and not in_archive("chapters/economics.html")


def test_what_is_too_long_is_told():
    told = list(word_lines({"index.html": 2_600, "chapters/sources.html": 90_000}))
    assert told[1] == "  index: 2600, more than 2500"
    assert told[2] == "  chapters/sources: 90\u202f000 (archive)"
    assert told[-1] == "  outside the archive: 2600 of at most 30\u202f000"


@pytest.mark.built
def test_pages_outside_the_archive_stay_within_their_number_of_words(site):
    counts = words_by_page(site, pages(ROOT))
    outside = {page: words for page, words in counts.items() if not in_archive(page)}
    assert sum(outside.values()) <= MOST_IN_ALL, sorted(
        outside.items(), key=lambda entry: -entry[1]
    )[:8]
