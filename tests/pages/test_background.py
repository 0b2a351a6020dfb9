"""The patient funnel and the figures of the background chapter, against values that do not come
from this code.
"""

import math

import numpy as np
import pytest

from assessment.case.trial import patients
from assessment.evidence import load_facts
from assessment.pages import background
from assessment.pages.background.patient_numbers import patient_numbers

SIZE = 200_000


def draws(seed=1):
    return patients.new_net_rate((1250, 1350), (40, 60), SIZE, np.random.default_rng(seed))


def test_rate_has_the_moments_of_a_poisson_count_that_was_rounded():
    """E = 1300.5; Var = E[n + 1/2] + (1350 - 1250)^2 / 12, by the law of total variance."""
    rate = patients.yearly_rate(1250, 1350, SIZE, np.random.default_rng(3))
    assert rate.mean() == pytest.approx(1300.5, abs=0.5)
    assert rate.var() == pytest.approx(1300.5 + 100**2 / 12, rel=0.02)


def test_net_rate_has_the_moments_of_a_product_of_independents():
    """E[XY] = E[X]E[Y]; E[X²Y²] = E[X²]E[Y²]."""
    _, net = draws()
    second_count = 1300.5 + 100**2 / 12 + 1300.5**2
    second_share = 0.5**2 + 0.2**2 / 12
    assert net.mean() == pytest.approx(650.25, rel=0.002)
    assert net.var() == pytest.approx(second_count * second_share - 650.25**2, rel=0.02)


def test_a_seed_repeats_and_two_seeds_differ():
    assert np.array_equal(draws(5)[1], draws(5)[1])
    assert not np.array_equal(draws(5)[1], draws(6)[1])


def test_known_counts_without_rounding_or_doubt_leave_only_chance():
    _, net = patients.new_net_rate((1300, 1300), (50, 50), SIZE, np.random.default_rng(2))
    assert net.std() == pytest.approx(math.sqrt(1300.5) / 2, rel=0.02)


@pytest.mark.parametrize(
    "count, share",
    [((-1, 5), (40, 60)), ((9, 5), (40, 60)), ((1, 2), (60, 40)), ((1, 2), (50, 101))],
)
def test_impossible_ranges_are_refused(count, share):
    with pytest.raises(ValueError, match="in order"):
        patients.new_net_rate(count, share, 10, np.random.default_rng(1))


def test_wilson_agrees_with_newcombe_1998():
    """Newcombe, Stat Med 1998;17:857, table I, method 3: 81 of 263 gives 0.2553 to 0.3662; 15 of
    148 gives 0.0624 to 0.1605.
    """
    assert patients.share_interval(100 * 81 / 263, 263) == pytest.approx((25.53, 36.62), abs=0.006)
    assert patients.share_interval(100 * 15 / 148, 148) == pytest.approx((6.24, 16.05), abs=0.006)


def test_chance_interval_by_adding_up_poisson_probabilities():
    probabilities, total = [], 0.0
    for k in range(200):
        total += math.exp(k * math.log(60) - 60 - math.lgamma(k + 1))
        probabilities.append(total)
    low = next(k for k, p in enumerate(probabilities) if p >= 0.025)
    high = next(k for k, p in enumerate(probabilities) if p >= 0.975)
    assert patients.chance_interval(60) == (low, high)


def test_variance_share_agrees_with_simulation():
    """One year, mean 40 to 80: the range gives 133.3 of 193.3."""
    assert patients.variance_from_range((40, 80), 1) == pytest.approx(
        100 * (1600 / 12) / (1600 / 12 + 60)
    )
    simulated = patients.future_patients((40, 80), 5, SIZE, np.random.default_rng(4))
    assert simulated.var() == pytest.approx(25 * 1600 / 12 + 300, rel=0.02)


def test_equal_steps_multiply_back():
    share = patients.equal_step_share(9.2, 4)
    assert (share / 100) ** 4 == pytest.approx(0.092)
    with pytest.raises(ValueError):
        patients.equal_step_share(0, 4)


def test_yearly_growth_compounds_back():
    assert 3.72 * (1 + patients.yearly_growth(9.97 / 3.72, 28) / 100) ** 28 == pytest.approx(9.97)


def test_funnel_uses_the_facts_and_brackets_the_plain_quotient():
    """40 and 80 of 650 are 6.2 and 12.3 per cent; the intervals must hold them."""
    low, high = patient_numbers().shares
    assert 6 < low.median < 7 and 12 < high.median < 13
    funnel = background.funnel().table
    assert list(funnel["Published"]).count("no") == 4


@pytest.mark.parametrize(
    "make",
    [
        background.sites,
        background.grades,
        background.funnel,
        background.sequence,
        background.prior_treatment,
    ],
)
def test_figures_draw_at_both_widths_and_carry_words_and_numbers(make):
    figure = make()
    for width in (700, 340):
        assert figure.draw(width).to_dict()
    assert len(figure.alt) > 60 and len(figure.table) and figure.name


def test_sites_are_the_printed_shares_and_add_up():
    facts = load_facts()
    table = background.sites().table
    assert facts["norway.site.other.share"].number == 27
    assert table["Trial"].iloc[:4].map(lambda ref: float(ref.text.split()[0])).sum() == 100


def test_earlier_lines_stand_by_cohort_with_their_range():
    frame = background.prior_lines_table().frame
    assert [cell.text for cell in frame.iloc[0, 1:]] == ["2 (1–7)", "3 (1–9)"]
