"""Figures and tables of the PICO chapter against the registers and against what a reader can check
by hand.
"""

import pandas as pd
import pytest

from assessment.evidence import load_facts, load_register
from assessment.pages.pico import (
    comparator_forest,
    comparator_network,
    comparator_trials,
    control_arms,
    evidence_map_figure,
    network_layout,
    outcome_evidence,
    pico_words,
    question_fit,
)


def cell(outcome: str, group: str) -> str:
    data = outcome_evidence.evidence_by_group()
    return data.query("outcome == @outcome and group == @group")["level"].item()


@pytest.mark.parametrize(
    "outcome, group, level",
    [
        ("Progression-free survival", "epNET", "compared, with interval"),
        ("Progression-free survival", "Lung", "compared, with interval"),
        ("Overall survival", "pNET", "compared, with interval"),
        ("Overall survival", "GI", "nothing found"),  # a favoured subgroup has no survival result
        # the one sentence is on all patients
        ("Health-related quality of life", "epNET", "words only"),
        ("Health-related quality of life", "G3", "nothing found"),
        ("Resource use", "pNET", "nothing found"),  # dose is not resource use
        ("Adverse events", "GI", "numbers by arm"),
    ],
)
def test_level_of_evidence_is_what_was_printed(outcome, group, level):
    assert cell(outcome, group) == level


def test_levels_fall_as_less_is_printed():
    facts = load_facts()
    ratio, arm = facts["cabinet.pfs.pnet.hazard_ratio"], facts["cabinet.response.pnet.placebo.rate"]
    said, unknown = facts["cabinet.hrqol.statement"], facts["cabinet.hrqol.scores"]
    assert [
        outcome_evidence.level(f)
        for f in ([unknown, said, arm, ratio], [unknown, said, arm], [unknown, said], [unknown])
    ] == list(pico_words.LEVELS)
    # a ratio without interval is no comparison with one
    assert outcome_evidence.level([facts["e2211.pfs.pnet.hazard_ratio"]]) == pico_words.LEVELS[3]


def test_evidence_map_never_mixes_the_divisions_of_the_trial():
    for row in outcome_evidence.evidence_by_group().itertuples():
        assert row.ratio is None or row.ratio.analysis_set in ("publication", "unstated")


def test_linked_trials_are_those_with_placebo():
    """By hand from the trials: only a placebo control joins without a further step."""
    for row in comparator_trials.trials().itertuples():
        assert row.linked == (row.control == "placebo"), row.id


def test_every_treatment_has_one_place_and_no_two_share_it():
    for _, part in comparator_trials.trials().groupby("network"):
        places = network_layout.layout(part)
        assert set(places) == set(part["treatment"]) | set(part["control"])
        assert len({(round(x, 2), round(y, 2)) for x, y in places.values()}) == len(places)


def test_reached_from_follows_chains_and_leaves_out_the_rest():
    frame = pd.DataFrame({"treatment": ["a", "b", "d"], "control": ["hub", "a", "e"]})
    assert network_layout.reached_from("hub", frame) == {"hub", "a", "b"}


def test_radionuclide_therapy_is_apart_outside_the_pancreas_only():
    reached = {
        network: network_layout.reached_from("placebo", part)
        for network, part in comparator_trials.trials().groupby("network")
    }
    assert "177Lu-dotatate with octreotide" not in reached["epNET"]
    assert "177Lu-edotreotide" in reached["epNET"]
    assert {"177Lu-dotatate", "streptozocin and fluorouracil"} <= reached["pNET"]


@pytest.mark.parametrize(
    "trial, median",
    [
        ("cabinet_pnet", 4.4),
        ("radiant3_pnet", 5.4),
        ("sun1111_pnet", 5.8),
        ("sanet_p_pnet", 3.7),
        ("cabinet_epnet", 3.9),
        ("radiant4_epnet", 3.9),
        ("sanet_ep_epnet", 3.9),
        ("netter1_epnet", 8.5),
        ("radiant2_epnet", 11.3),
        ("seqtor_pnet", 22.7),
        ("oclurandom_pnet", 11.0),
        ("e2211_pnet", 14.4),
        ("compete_epnet", None),
        ("stellar311_epnet", None),
    ],
)
def test_control_median_is_the_one_judged_as_the_hazard_ratio_was(trial, median):
    """RADIANT-3 and SUN-1111 print two medians each; the independent one belongs with the
    independent ratio.
    """
    row = next(r for r in comparator_trials.trials().itertuples() if r.id == trial)
    found = comparator_trials.control_median(row)
    assert (found.number if found else None) == median


def test_forest_and_table_hold_every_trial_of_the_register():
    ids = load_register("network")["id"]
    table = comparator_forest.forest().table
    assert len(table) == len(ids) and table["Joins the comparison"].map(bool).all()


@pytest.mark.parametrize(
    "make",
    [
        evidence_map_figure.evidence_map,
        comparator_network.network,
        comparator_forest.forest,
        control_arms.controls,
    ],
)
def test_figures_draw_at_both_widths(make):
    figure = make()
    for width in (700, 340):
        assert figure.draw(width).to_dict()
    assert len(figure.alt) > 60 and len(figure.table) and figure.name


@pytest.mark.parametrize(
    "make",
    [
        question_fit.departures,
        question_fit.outcome_strength,
    ],
)
def test_tables_have_no_empty_cell(make):
    frame = make().frame
    assert len(frame) and frame.map(lambda v: getattr(v, "text", v)).map(bool).all().all()
