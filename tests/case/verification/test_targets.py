"""The table of targets: what is printed elsewhere comes back, what cannot be computed says why, and
printed ratios are audited.
"""

import numpy as np
import pytest

from assessment.case.verification.published_ratio_audit import audit_ratios
from assessment.case.verification.targets import CANNOT, OFF, REPRODUCED, compare_targets
from assessment.economics.verification import textbook_models
from assessment.evidence import load_register


def test_textbook_analytic_and_norwegian_targets_are_reproduced():
    table = compare_targets()
    exact = table[table["group"] != "published"]
    assert len(exact) > 40 and set(exact["verdict"]) == {REPRODUCED}, exact[
        exact["verdict"] != REPRODUCED
    ][["id", "printed_value", "ours"]]


def test_published_evaluations_say_how_far_they_come():
    table = compare_targets().set_index("id")
    published = table[table["group"] == "published"]
    assert set(published["verdict"]) == {REPRODUCED, OFF, CANNOT}
    assert published.loc[published["verdict"] == CANNOT, "missing"].str.len().gt(10).all()
    # Whole PFS gain within a tenth of the printed life years; hazard ratio below, 2-year survival
    # far above.
    assert table.loc["chua.years.carried", "verdict"] == REPRODUCED
    assert (
        table.loc["chua.years.ratio", "ours"]
        < table.loc["chua.years.ratio", "printed_value"]
        < table.loc["chua.years.rates", "ours"]
    )


def test_exponential_replication_by_hand():
    """Placebo 62 % alive at 2 years, hazard × 0.73, 10 years, 5 %: (1 − e^(−10 (h + δ))) / (h + δ)."""
    force, h = np.log(1.05), -np.log(0.62) / 2

    def years(rate):
        return -np.expm1(-10 * (rate + force)) / (rate + force)

    assert compare_targets().set_index("id").loc["chua.years.ratio", "ours"] == pytest.approx(
        years(0.73 * h) - years(h), rel=1e-8
    )


def test_the_audit_finds_the_one_ratio_that_cannot_be_right():
    table = audit_ratios().set_index("id")
    assert table.index[table["verdict"] == "does not agree"].tolist() == ["shi.apatinib"]
    # 44,077 / 0.74, and the ratio printed.
    assert (
        table.loc["shi.apatinib", "quotient"] == pytest.approx(59_563.5, abs=0.1)
        and table.loc["shi.apatinib", "ratio"] == "93460"
    )
    assert set(table["verdict"]) == {"agrees", "does not agree"}


def test_transition_probabilities_are_checked():
    assert textbook_models.trace([1, 0], [[[0.5, 0.5], [0, 1]]] * 2)[-1].tolist() == [0.25, 0.75]
    with pytest.raises(ValueError, match="add up to 1 in each row"):
        textbook_models.trace([1, 0], [[[0.5, 0.6], [0, 1]]])


def test_the_status_list_is_complete():
    frame = load_register("validation-status")
    assert (
        set(frame["part"]) == {"conceptual model", "input data", "computer program", "results"}
        and len(frame) == 13
    )
