"""What stands around the chapters, without building the site: recordings, banner, citation, feed,
reading ease, archive, reports.
"""

from __future__ import annotations

from datetime import date, timedelta

from assessment.book.site import (
    status_banner,
)
from assessment.book.sphinx import glossary_terms
from assessment.evidence import (
    load_register,
)
from assessment.evidence.provenance.traced_text import Computed
from assessment.living.upkeep.source_days import source_days
from assessment.pages import front_page
from assessment.pages.regulatory_status import norwegian_process
from assessment.presentation import numbers


def test_front_page_steps_follow_the_case():
    case, following = front_page.case_texts(), norwegian_process.next_step()
    # index.md names both in its sentence on the next step
    assert (following.original, following.who) == ("Bestilling", "Bestillerforum")
    assert case["front_step"] == "2" and case["front_next"] == following.english
    assert all(isinstance(text, Computed) for text in case.values())


def test_the_banner_counts_from_data_not_from_a_clock():
    of = status_banner.status()
    rules = load_register("upkeep").set_index("rule")["days"]
    by_hand = of.checked + timedelta(days=int(rules["check_interval"]))
    assert of.due == min([by_hand, *(source.due for source in source_days())])
    assert of.stale - of.due == timedelta(days=int(rules["grace"]))
    checks = load_register("source-checks")
    of_all = checks.loc[checks["scope"] == "all sources", "date"]
    assert of.checked == date.fromisoformat(max(of_all))
    line = status_banner.printed_line(of)
    for day in (of.checked, of.due):
        assert numbers.day(day) in line
    assert of.commit in line and f"{of.open_conflicts} open" in line


def test_terms_are_found_once_whole_and_in_either_case():
    used = set()
    said = (
        "Median PFS rose; the median of overall survival did not. Networks of NETs, NET and pNET"
        " differ."
    )
    found = [(said[a:b], term) for a, b, term in glossary_terms.find(said, used)]
    assert found == [
        ("Median", "median"),
        ("PFS", "progression-free survival"),
        ("overall survival", "overall survival"),
        ("NETs", "NET"),
        ("pNET", "pNET"),
    ]
    assert glossary_terms.find("the median again", used) == []
