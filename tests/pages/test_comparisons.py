"""Indirect comparison, harms and certainty of CABINET against values worked out apart
from the code.
"""

import math

import numpy as np
import pytest

from assessment.case.trial.harms import count, harms
from assessment.case.trial.indirect_comparisons import (
    Contrast,
    contrasts,
    left_out,
    networks,
    survival_contrasts,
)
from assessment.case.trial.trial import load_trial
from assessment.case.trial.trial_register import network_as_used
from assessment.evidence import MixedAnalysisSets, load_facts, load_register
from assessment.pages.comparisons.crossover import (
    crossover_figures,
    simulated_trials,
    tipping_points,
)
from assessment.pages.comparisons.grade import certainty_figures, certainty_words
from assessment.pages.comparisons.harms import harm_differences
from assessment.pages.comparisons.indirect import (
    indirect_figures,
    indirect_words,
    league_table,
    short_forest,
)

FACTS = load_facts()


def contrast(group, against, analysis_set="publication", like=None):
    return next(
        c
        for c in contrasts()
        if (c.group, c.against, c.analysis_set) == (group, against, analysis_set)
        and like in (None, c.like)
    )


@pytest.mark.parametrize(
    "key, expected",
    [
        # By hand from the printed ratios: difference of logs, root of summed squared standard
        # errors.
        (("pnet", "sunitinib", "publication", True), (0.73, 0.32, 1.68)),
        (("pnet", "sunitinib", "publication", False), (0.548, 0.251, 1.195)),
        (("pnet", "everolimus", "publication", True), (0.68, 0.34, 1.33)),
        (("epnet", "everolimus", "publication", True), (0.62, 0.33, 1.16)),
        (("epnet", "surufatinib", "publication", True), (0.58, 0.32, 1.04)),
        (("lung_thymic", "everolimus", "publication", True), (0.38, 0.11, 1.31)),
        (("gi", "everolimus", "publication", True), (0.89, 0.44, 1.81)),
    ],
)
def test_indirect_ratios_against_hand_arithmetic(key, expected):
    r = contrast(*key).ratio
    np.testing.assert_allclose((r.estimate, r.low, r.high), expected, atol=0.006)


def test_survival_through_placebo():
    r = next(
        c.ratio
        for c, _, _ in survival_contrasts()
        if (c.against, c.analysis_set) == ("sunitinib", "publication")
    )
    np.testing.assert_allclose((r.estimate, r.low, r.high), (1.30, 0.57, 3.00), atol=0.01)


def test_two_steps_is_the_product_of_the_steps():
    r = contrast("pnet", "177Lu-edotreotide").ratio
    se = math.sqrt(
        sum(
            (math.log(high / low) / 3.919928) ** 2
            for low, high in ((0.12, 0.42), (0.26, 0.44), (0.45, 1.09))
        )
    )
    np.testing.assert_allclose(
        (r.estimate, r.high),
        (0.23 / (0.34 * 0.699), 0.23 / (0.34 * 0.699) * math.exp(1.959964 * se)),
        rtol=1e-3,
    )


def test_divisions_never_meet():
    for c in (*contrasts(), *(s for s, _, _ in survival_contrasts())):
        assert {f.analysis_set for f in c.facts} <= {c.analysis_set, "not_applicable"}
    a, b = contrast("pnet", "everolimus"), contrast("pnet", "everolimus", "fda")
    with pytest.raises(MixedAnalysisSets):
        Contrast("pnet", "everolimus", "fda", True, 1, b.ratio, (b.facts[0], a.facts[0]))


def test_like_means_one_judge():
    for c in contrasts():
        assert c.like == (len({f.assessor for f in c.facts}) == 1)
    # The independent result of SANET-p lacks its interval.
    assert not contrast("pnet", "surufatinib").like


@pytest.mark.parametrize("network, group", [("pNET", "pnet"), ("epNET", "epnet")])
def test_network_equals_bucher(network, group):
    fixed, used = networks(network)[0], network_as_used(network)
    assert used.df == 0 and set(used.treatments) == set(fixed.treatments)
    for against in set(fixed.treatments) - {"placebo", "cabozantinib"}:
        mine = contrast(group, against)
        for got, ratio in (
            (fixed.ratio("cabozantinib", against), mine.fixed),
            (used.ratio("cabozantinib", against), mine.ratio),
        ):
            np.testing.assert_allclose(
                (got.estimate, got.low, got.high),
                (ratio.estimate, ratio.low, ratio.high),
                rtol=1e-9,
            )


def test_spread_between_trials_is_estimated_where_two_stand_on_a_link_and_else_assumed():
    one_trial_each, estimated = networks("pNET", random=True)[0], networks("epNET", random=True)[0]
    assert one_trial_each.tau == 0 and one_trial_each.df == 0
    assumed = networks("pNET", tau=0.2)[0]
    for group, network in (("pnet", assumed), ("epnet", estimated)):
        wide = indirect_words.widened(contrast(group, "everolimus"))
        of_network = network.ratio("cabozantinib", "everolimus")
        np.testing.assert_allclose((wide.low, wide.high), (of_network.low, of_network.high))


def test_disconnected_trials_give_nothing():
    parts = networks("epNET")
    assert [set(p.treatments) for p in parts[1:]] == [
        {"octreotide, double dose", "177Lu-dotatate with octreotide"}
    ]
    with pytest.raises(ValueError, match="not connected"):
        parts[0].ratio("cabozantinib", "177Lu-dotatate with octreotide")
    assert left_out("pNET") == ("e2211_pnet", "compose_pnet")
    assert left_out("epNET") == ("stellar311_epnet",)
    assert [(d, w) for d, _, w in indirect_figures.disconnected("epnet")] == [
        ("zanzalintinib", "no result")
    ]
    assert [(d, w) for d, _, w in indirect_figures.disconnected("pnet")] == [
        ("capecitabine and temozolomide", "not joined")
    ]


def test_counts_are_the_largest_that_fit():
    view = load_trial("publication")
    got = {h.group: [(c.events, c.n) for c in h.counts] for h in harms(view) if h.counts}
    assert got == {
        "epnet": [(83, 134), (18, 67)],
        "gi": [(42, 70), (8, 45)],
        "pnet": [(41, 63), (7, 31)],
    }
    # No count of 69 rounds to 27 %, none of 68 either.
    assert all(round(100 * k / n) != 27 for n in (69, 68) for k in range(n + 1))
    with pytest.raises(ValueError, match="fits no count"):
        count(
            FACTS["cabinet.gi.safety.placebo.grade3_4"],
            FACTS["cabinet.gi.response.cabozantinib.partial_responses"],
        )


def test_harms_without_placebo_stay_blank():
    blank = [h for h in harms(load_trial("publication")) if h.difference is None]
    assert {h.harm for h in blank} >= {"stopped", "reduced", "hypertension", "deaths"}
    severe = next(
        h for h in harms(load_trial("publication")) if (h.harm, h.group) == ("severe", "epnet")
    )
    # Newcombe by hand: Wilson limits of 83/134 and 18/67, combined.
    np.testing.assert_allclose(
        (severe.difference.difference, severe.difference.low, severe.difference.high),
        (83 / 134 - 18 / 67, 0.2068, 0.4708),
        atol=5e-4,
    )
    np.testing.assert_allclose(severe.difference.number_needed, 1 / (83 / 134 - 18 / 67))


def test_overall_certainty_follows_from_the_judgements():
    steps, levels = {"serious": 1, "very serious": 2}, ["high", "moderate", "low", "very low"]
    for r in load_register("certainty").itertuples():
        down = sum(steps.get(getattr(r, d), 0) for d in certainty_words.DOMAINS)
        assert r.overall == levels[min(down, 3)], r.id


@pytest.mark.parametrize(
    "figure",
    [
        indirect_figures.forest_of_all,
        short_forest.forest,
        league_table.league,
        crossover_figures.dilution_heat,
        tipping_points.tipping,
        simulated_trials.validation,
        harm_differences.differences,
        certainty_figures.certainty,
    ],
)
def test_figures_draw_at_both_widths(figure):
    shown = figure()._repr_mimebundle_()
    content = next(v for k, v in shown.items() if k.endswith("chart+json"))
    assert content["alt"] and content["table"]["rows"]


def test_every_reason_is_shown_once():
    frame = certainty_figures.reasons().frame
    register = load_register("certainty")
    assert set(frame["Reason"]) == {
        w for d in certainty_words.DOMAINS for w in register[d + "_reason"]
    }


def test_the_short_forest_has_one_row_for_each_drug_of_the_base_set():
    for cohort in indirect_words.PANELS:
        shown = short_forest.base_contrasts(cohort)
        drugs = [c.against for c in shown]
        assert len(drugs) == len(set(drugs)) >= 4 and {c.group for c in shown} == {cohort}
        assert {c.analysis_set for c in shown} == {"publication"}
        weak = [indirect_words.is_weak(c) for c in shown]
        assert weak == sorted(weak), "paths over one trial come first"
    table = short_forest.forest().table
    assert "0.62 (0.33–1.16)" in set(table["Hazard ratio"])  # as cmp_indirect.epnet.everolimus


def test_harms_without_a_rate_on_placebo_are_in_the_table_alone():
    figure = harm_differences.differences()
    drawn = [d for d in figure.table["Difference of 100"] if d]
    assert 0 < len(drawn) < len(figure.table)
    assert sum("of 134" in c for c in figure.table["Counts, rebuilt"]) == 1
