"""Answers of earlier versions in today's words, from the numbers accepted then."""

from __future__ import annotations

from assessment.pages.headline.earlier_answers import told_then
from assessment.pages.headline.headline_file import expected


def version_0_1_0() -> dict[tuple[str, str, str], str]:
    return {key: row["value"] for key, row in expected()["0.1.0"].items()}


def test_prices_and_gain_of_an_earlier_version():
    # By hand from the file: (605 000 x 0.1812 - 78 970) / 9.405 packs is 3260 NOK, between -36 760
    # and 46 140, an interval that bears tens of thousands.
    then, whose = version_0_1_0(), ("epnet", "publication")
    assert told_then(then, "price.class_value_as_told", *whose) == (
        "about zero (none to 46\u202f000 NOK)"
    )
    # (275 000 x 0.1812 - 78 970) / 9.405 is -3100 NOK, between -15 360 and 7458.
    assert told_then(then, "price.opportunity_cost_as_told", *whose) == (
        "no price (none to 7500 NOK)"
    )
    assert (
        told_then(then, "base_case.qalys_gained_as_told", *whose)
        == "0.18 (−0.65\u00a0to\u00a01.11)"
    )


def test_what_a_version_did_not_hold_is_not_told():
    then = version_0_1_0()
    assert told_then(then, "base_case.icer_as_told", "epnet", "publication") is None
    assert told_then({}, "price.class_value_as_told", "epnet", "publication") is None
