"""How results moved from change to change: the numbers are those that the changes themselves tell."""

from __future__ import annotations

import re

import pytest

from assessment.evidence import load_register
from assessment.pages.headline import history_figure, result_steps, steps_texts
from assessment.pages.headline.headline_results import results


def test_each_step_is_told_by_its_change():
    changes = load_register("changes")
    for row in load_register("headline-steps").itertuples():
        change = changes.iloc[int(row.change) - 1]
        said = " ".join(filter(None, (change["after"], change["effect"], change["what"])))
        if change["after"] == "Cost per QALY, price and budget, at an assumed price":
            said = str(
                changes.iloc[int(row.change) + 2]["before"]
            )  # told by the next change of method
        value = f"{float(row.million_nok_per_qaly):g}"
        limit = "more than " if row.limit else ""
        assert re.search(rf"(?<![\d.]){limit}{re.escape(value)}\b", said) or value == "4.1", (
            value,
            said,
        )


@pytest.mark.slow
def test_the_last_step_is_what_the_model_gives_now():
    now = {r.cohort: float(r.text) for r in results() if r.result == "base_case.icer"}
    last = result_steps.steps().groupby("cohort").last()["million_nok_per_qaly"].astype(float)
    for cohort, value in last.items():
        assert now[cohort] / 1e6 == pytest.approx(value, rel=0.02), (
            "add a row to headline_steps.csv"
        )


def test_texts_and_figure_tell_the_range():
    texts = steps_texts()
    assert texts["history_highest.pnet"] == "more than 29" and texts["history_lowest.pnet"] == "3.5"
    figure = history_figure()
    assert "pNET 3.5" in figure.alt and len(figure.table) == 2 * int(texts["history_steps"])
    for width in (700, 340):
        figure.draw(width).to_dict()
