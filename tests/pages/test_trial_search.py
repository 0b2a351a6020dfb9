"""The search for trials: every trial once, every one of the network among them, counts that add up."""

import pytest

from assessment.case.trial.indirect_comparisons import left_out
from assessment.evidence import load_register
from assessment.pages.comparisons.indirect import path_tables
from assessment.pages.comparisons.search import (
    published_comparisons,
    search_counts,
    search_flow,
    search_tables,
)
from assessment.survival import Ratio


def test_every_trial_of_the_network_was_found_and_has_the_state_it_has_there():
    found = load_register("trials-found").set_index("trial")
    network = load_register("network")
    whole = network[~network["trial"].str.contains(", ")]  # subsets of a trial are not trials
    assert set(whole["trial"]) <= set(found.index) and found.index.is_unique
    without_result = {*left_out("pNET"), *left_out("epNET")}
    for row in whole.itertuples():
        joined = row.connects != "no" and row.id not in without_result
        assert (found.loc[row.trial, "state"] == "in") == joined, row.id


def test_counts_add_up():
    counts = search_counts.search_counts()
    assert counts.found == counts.kept + sum(counts.out.values())
    assert counts.kept == 1 + sum(counts.joined.values())
    assert search_flow.search_flow().table.iloc[:, 1].sum() == counts.found


def test_flow_draws_at_both_widths():
    figure = search_flow.search_flow()
    assert all(figure.draw(width).to_dict() for width in (700, 340)) and len(figure.alt) > 60


@pytest.mark.parametrize(
    "make",
    [
        search_tables.trials_found,
        search_tables.searches,
        published_comparisons.published,
        path_tables.paths,
        path_tables.trials_of_links,
    ],
)
def test_tables_have_no_empty_cell(make):
    frame = make().frame
    assert len(frame) > 2 and frame.map(lambda v: str(getattr(v, "text", v))).map(bool).all().all()


def test_a_comparison_by_an_assumption_leaves_the_drug_assessed_out():
    """NETTER-1 against the pooled trials of everolimus; CABINET's numbers cancel."""
    ours = published_comparisons.own_comparison(
        "epNET", "177Lu-dotatate with octreotide", "everolimus"
    )
    assert [round(x, 2) for x in (ours.estimate, ours.low, ours.high)] == [0.34, 0.18, 0.66]


def test_agreement_asks_for_both_estimates_inside():
    ours = Ratio(0.5, 0.4, 0.7)
    told = [
        published_comparisons.agreement(theirs, ours)
        for theirs in (Ratio(0.6, 0.45, 0.9), Ratio(0.3, 0.1, 0.6), Ratio(1.2, 0.9, 1.6))
    ]
    assert told == ["yes", "same direction, another size", "no"]
