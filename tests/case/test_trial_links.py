"""Links of the register of trials against formulas written out by hand, and weak paths."""

import math

import numpy as np
import pytest

from assessment.case.trial.indirect_comparisons import contrasts, each_trial
from assessment.case.trial.trial_register import links, ratio_at_a_year, ratio_of, rows_of_register
from assessment.evidence import load_facts, record_reads

Z = 1.959964


def log_and_variance(low, high, estimate):
    return math.log(estimate), (math.log(high / low) / (2 * Z)) ** 2


def limits(log, variance):
    return [math.exp(log + side * Z * math.sqrt(variance)) for side in (0, -1, 1)]


def of(group, against):
    wanted = (group, against, "publication")
    return next(c for c in contrasts() if (c.group, c.against, c.analysis_set) == wanted)


def test_a_cohort_s_comparisons_read_nothing_of_another():
    """So that a result of the one stays when a fact of the other changes."""
    every = contrasts()
    for group in {c.group for c in every}:
        contrasts.cache_clear()
        with record_reads() as reads:
            assert contrasts(group) == tuple(c for c in every if c.group == group)
        others = {"epnet", "pnet"} - {group}
        if len(others) == 1:
            assert reads.facts
            assert not [f for f in reads.facts if others & set(f.split("."))]


def test_two_trials_of_everolimus_by_hand():
    """RADIANT-4 0.48 (0.35-0.67), RADIANT-2 0.77 (0.59-1.00), CABINET 0.38 (0.25-0.59): inverse
    variances, Cochran's Q and the DerSimonian-Laird spread (1986, Control Clin Trials 7:177).
    """
    (y1, v1), (y2, v2) = log_and_variance(0.35, 0.67, 0.48), log_and_variance(0.59, 1.00, 0.77)
    own, own_variance = log_and_variance(0.25, 0.59, 0.38)
    w1, w2 = 1 / v1, 1 / v2
    fixed = (w1 * y1 + w2 * y2) / (w1 + w2)
    q = w1 * (y1 - fixed) ** 2 + w2 * (y2 - fixed) ** 2
    tau2 = (q - 1) / (w1 + w2 - (w1**2 + w2**2) / (w1 + w2))
    u1, u2 = 1 / (v1 + tau2), 1 / (v2 + tau2)
    random = (u1 * y1 + u2 * y2) / (u1 + u2)
    link = next(x for x in links("epNET") if x.treatment == "everolimus")
    assert link.trials == ("RADIANT-4", "RADIANT-2")
    np.testing.assert_allclose((link.i2, link.tau), (1 - 1 / q, math.sqrt(tau2)), rtol=1e-6)
    for got, log, variance in (
        (link.fixed, fixed, 1 / (w1 + w2)),
        (link.random, random, 1 / (u1 + u2)),
        (of("epnet", "everolimus").fixed, own - fixed, own_variance + 1 / (w1 + w2)),
        (of("epnet", "everolimus").ratio, own - random, own_variance + 1 / (u1 + u2)),
    ):
        expected = limits(log, variance)
        np.testing.assert_allclose((got.estimate, got.low, got.high), expected, rtol=1e-6)


def test_two_trials_of_everolimus_as_others_worked_them_out():
    """To the printed digit: pooled 0.64 and 0.61, I2 of 80 %, and against cabozantinib 0.60
    (0.37-0.96) with fixed and 0.62 (0.33-1.16) with random effects.
    """
    link, c = next(x for x in links("epNET") if len(x.trials) > 1), of("epnet", "everolimus")
    assert [round(r.estimate, 2) for r in (link.fixed, link.random)] == [0.64, 0.61]
    assert round(100 * link.i2) == 80
    told = [[round(x, 2) for x in (r.estimate, r.low, r.high)] for r in (c.fixed, c.ratio)]
    assert told == [[0.60, 0.37, 0.96], [0.62, 0.33, 1.16]]


def test_one_trial_at_a_time():
    alone = {c.trials[0]: c.ratio.estimate for c in each_trial("epnet", "everolimus")}
    assert alone == {
        "RADIANT-4": pytest.approx(0.38 / 0.48),
        "RADIANT-2": pytest.approx(0.38 / 0.77),
    }


def test_a_link_printed_the_other_way_round_is_turned():
    """SEQTOR prints everolimus over chemotherapy: CABINET / RADIANT-3 x SEQTOR."""
    c = of("pnet", "streptozocin and fluorouracil")
    assert c.ratio.estimate == pytest.approx(0.23 / 0.34 * 1.16)
    assert c.trials == ("RADIANT-3", "SEQTOR") and c.weaknesses == ("steps", "open", "judges")


def test_a_ratio_rebuilt_from_medians_and_from_shares():
    """OCLURANDOM: medians 20.7 and 11.0 months; 33 of 41 and 18 of 43 without progression at a
    year.
    """
    row = next(r for r in rows_of_register() if r.trial == "OCLURANDOM")
    events = 41 * (1 - 2 ** (-40 / 20.7)), 43 * (1 - 2 ** (-40 / 11.0))
    expected = limits(math.log(11.0 / 20.7), sum(1 / e for e in events))
    got = ratio_of(row)
    np.testing.assert_allclose((got.estimate, got.low, got.high), expected, rtol=1e-6)
    year = ratio_at_a_year(row.id)
    assert year.estimate == pytest.approx(math.log(33 / 41) / math.log(18 / 43))
    assert year.estimate < got.estimate  # hazards were not proportional
    c = of("pnet", "177Lu-dotatate")
    assert c.ratio.estimate == pytest.approx(0.23 / (0.315 * 11.0 / 20.7)) and c.rebuilt


def test_a_path_by_an_assumption_says_so():
    c = of("epnet", "177Lu-dotatate with octreotide")
    assert c.assumed and "assumed" in c.weaknesses
    assert c.ratio.estimate == pytest.approx(
        0.38 / load_facts()["netter1.pfs.midgut.hazard_ratio"].number
    )
    assert not any(x.treatment == c.against for x in links("epNET"))
