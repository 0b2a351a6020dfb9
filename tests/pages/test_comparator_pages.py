"""Tables against other treatments, of subgroups and of the budget's cases show what the model gives."""

import pytest

from assessment.case.model import decision_runs
from assessment.case.model.analyses.decision_results import Estimate
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics import budget_case_tables, budget_figures
from assessment.pages.economics.comparators import (
    comparator_texts,
    estimate_words,
    place_tables,
    threshold_table,
)
from assessment.pages.economics.scenarios import subgroup_results
from assessment.presentation import numbers
from assessment.presentation.money_format import BOTH_NONE


@pytest.mark.parametrize(
    ("nok", "words"),
    [(-1.0, "none"), (0.0, "about zero"), (499.0, "about zero"), (29_700.0, "30\u202f000")],
)
def test_a_price_is_rounded_to_what_it_bears(nok, words):
    assert estimate_words.format_rounded_price(nok) == words


def test_an_interval_stands_beside_every_price_but_where_none_would_do():
    assert estimate_words.format_price_range(Estimate(-5.0, -9.0, -1.0)) == BOTH_NONE
    assert (
        estimate_words.format_price_range(Estimate(3259.0, -5.0, 46_139.0))
        == "about zero (none to 46\u202f000 NOK)"
    )


def test_every_comparison_has_a_row_in_both_tables():
    gains, decisions = (
        table().frame for table in (place_tables.place_table, place_tables.decision_by_place_table)
    )
    made = [(c, one) for c in COHORTS for one in decision_runs.comparisons(c)]
    assert len(gains) == len(decisions) == len(made)
    for row, decided, (cohort, one) in zip(
        gains.to_dict("records"), decisions["Cost and health"], made, strict=True
    ):
        assert row["Cohort"] == NAMES[cohort]
        shown = row["QALYs gained"].partition(" ")[0]
        decimals = len(shown.partition(".")[2])
        assert shown == numbers.number(one.result.qalys.value, decimals)
        cost, gain = one.result.cost.value, one.result.qalys.value
        assert decided.startswith("dearer" if cost > 0 else "cheaper")
        assert decided.endswith("better" if gain > 0 else "worse")


def test_thresholds_are_told_and_what_may_be_lost_where_the_course_is_cheaper():
    made = [t for c in COHORTS for t in decision_runs.thresholds(c)]
    frame = threshold_table.threshold_table().frame
    for row, one in zip(frame.to_dict("records"), made, strict=True):
        needed = row["QALYs needed at the class's value"]
        assert needed.startswith("may lose") == (one.added_nok < 0)
    texts = comparator_texts.texts()
    assert all(texts[f"place_pack_prices.{cohort}"] for cohort in COHORTS)


def test_the_error_told_is_the_largest():
    errors = [c.result.qalys_error for cohort in COHORTS for c in decision_runs.comparisons(cohort)]
    told = comparator_texts.texts()["place_error"].partition("\u00a0")[0]
    assert float(told) == pytest.approx(max(errors), abs=5.1e-4)


def test_a_subgroup_without_a_ratio_is_named_and_not_run():
    frame = subgroup_results.subgroup_table().frame
    rows = subgroup_results.subgroup_rows()
    for shown, row in zip(frame["QALYs gained"], rows, strict=True):
        assert (shown == subgroup_results.NOT_RUN) == (row.result is None)
        assert row.result is not None or row.fact.status == "unknown"
    assert len(subgroup_results.subgroup_figure().table) == sum(r.result is not None for r in rows)


def test_the_first_case_of_the_budget_is_that_of_the_figure():
    frame = budget_case_tables.budget_case_table().frame
    figure = budget_figures.budget_figure().table["Net, million NOK"]
    assert frame.iloc[0, 3] == pytest.approx(figure.iloc[4], abs=0.06)
    assert frame.iloc[0, 4] == pytest.approx(figure.sum(), abs=0.3)
    shares = budget_case_tables.displaced_table().frame
    assert set(shares.iloc[:, 0]) == {NAMES[c] for c in COHORTS}
