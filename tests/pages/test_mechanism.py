"""Exposure against independent solutions; the dose explorer in Vega, in the browser and in
JupyterLab against Python.
"""

from __future__ import annotations

import json
import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from assessment.case.trial import pharmacokinetics
from assessment.evidence import load_facts
from assessment.pages.mechanism import (
    dose_chart,
    dose_controls,
    dose_regimen,
    exposure,
    exposure_drivers,
    exposure_facts,
    kinases,
    mechanism_texts,
)

half_life_hours = st.floats(10, 300)
REGIMENS = [
    {"start_mg": 60, "change_day": 28, "pause_days": 0, "new_mg": 40, "half_life_hours": 110},
    {"start_mg": 60, "change_day": 14, "pause_days": 21, "new_mg": 20, "half_life_hours": 78},
    {"start_mg": 40, "change_day": 1, "pause_days": 0, "new_mg": 60, "half_life_hours": 130},
    {"start_mg": 20, "change_day": 70, "pause_days": 28, "new_mg": 0, "half_life_hours": 99},
]


def test_textbook_cases():
    # A half-life as long as the dose interval doubles the exposure; one half-life is half of the
    # way.
    assert pharmacokinetics.accumulation_ratio(24, 24) == pytest.approx(2)
    assert pharmacokinetics.fraction_of_steady_state(110, 110) == pytest.approx(0.5)
    assert pharmacokinetics.hours_to_fraction(0.75, 110) == pytest.approx(220)
    assert pharmacokinetics.half_life(
        clearance_litres_per_hour=math.log(2), volume_litres=100
    ) == pytest.approx(100)


@given(half_life_hours, st.integers(1, 200))
def test_accumulation_is_the_sum_of_what_is_left_of_each_dose(half_life, doses):
    left = sum(0.5 ** (i * 24 / half_life) for i in range(doses))
    assert pharmacokinetics.accumulation_after(doses, half_life, 24) == pytest.approx(left)
    assert pharmacokinetics.accumulation_after(
        doses, half_life, 24
    ) <= pharmacokinetics.accumulation_ratio(half_life, 24)


@settings(max_examples=15, deadline=None)
@given(half_life_hours, st.lists(st.sampled_from([0.0, 20.0, 40.0, 60.0]), min_size=3, max_size=20))
def test_levels_solve_the_differential_equation(half_life, doses):
    """dA/dt = −kA between doses, each dose a jump; averages by integrating A numerically, relative
    to dose/(k·tau).
    """
    k, amount = math.log(2) / half_life, 0.0
    levels = pharmacokinetics.relative_exposure(doses, half_life, reference_mg=60)
    for i, dose in enumerate(doses):
        start = amount + dose
        solved = solve_ivp(
            lambda t, y: [-k * y[0], y[0]], (0, 24), [start, 0.0], rtol=1e-10, atol=1e-12
        )
        amount, area = solved.y[0, -1], solved.y[1, -1]
        steady = 60 / (k * 24)
        assert levels["high"][i] == pytest.approx(start / steady, abs=1e-9)
        assert levels["average"][i] == pytest.approx(area / 24 / steady, abs=1e-7)
        assert levels["low"][i] == pytest.approx(amount / steady, abs=1e-7)


def test_constant_dosing_reaches_dose_over_clearance():
    clearance, volume = 2.48, 319.0
    half_life = pharmacokinetics.half_life(clearance, volume)
    after = pharmacokinetics.amount_after_dose([60.0] * 400, half_life)[-1]
    k = math.log(2) / half_life
    # mean of the decaying level over the last day
    average = after * (1 - math.exp(-24 * k)) / (k * 24) / volume
    assert pharmacokinetics.steady_state_average(60, clearance, 24) == pytest.approx(average)
    assert pharmacokinetics.relative_exposure([60.0] * 400, half_life, 60)["average"][
        -1
    ] == pytest.approx(1)


@given(st.floats(20, 250), st.integers(5, 40))
def test_effective_half_life_inverts_accumulation(half_life, doses):
    assert pharmacokinetics.effective_half_life(
        pharmacokinetics.accumulation_after(doses, half_life, 24), doses, 24
    ) == pytest.approx(half_life, rel=1e-6)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: pharmacokinetics.elimination_rate(0), "above 0 hours"),
        (lambda: pharmacokinetics.hours_to_fraction(1, 100), "below 1"),
        (lambda: pharmacokinetics.effective_half_life(20, 15, 24), "between 1 and 15"),
    ],
)
def test_errors_say_what_is_allowed(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_doses_of_each_day():
    assert pharmacokinetics.daily_doses(8, 60, 40, change_day=3, pause_days=2).tolist() == [
        60,
        60,
        60,
        0,
        0,
        40,
        40,
        40,
    ]


def test_fold_over_the_strongest_kinase():
    table = kinases.kinase_table().set_index("kinase")
    assert table.index[0] == "VEGFR2" and table.index[-1] == "RON"
    assert table.loc["MET", "fold"] == pytest.approx(1.3 / 0.035)
    assert table.loc["RON", "fold"] == pytest.approx(124 / 0.035)


def test_numbers_in_prose_by_hand():
    """Worked with a pocket calculator from 110 h, 24 h, 60, 40 and 38.4 mg, 2.48 L/h, fivefold by
    day 15.
    """
    said = mechanism_texts.texts()
    assert said["mech_accumulation"] == "7.1"  # 1 / (1 − 2^(−24/110))
    assert said["mech_settled"] == "15.2"  # 110 · log2(10) / 24
    assert said["mech_dose_share"] == "64" and said["mech_missing_share"] == "4"
    assert said["mech_average"] == "1.01"  # 60 / (2.48 · 24)
    assert said["mech_reduced_average"] == "46.7"  # (28 · 60 + 56 · 40) / 84
    assert exposure_facts.panel_days() == (5, 7)
    assert sum(
        0.5 ** (i * 24 / exposure_facts.build_up_half_life()) for i in range(15)
    ) == pytest.approx(5)


def test_the_explorer_starts_from_facts():
    default, facts = dose_regimen.default_regimen(), load_facts()
    assert default["start_mg"] == facts["pharmacology.dose.approved"].number
    assert default["half_life_hours"] == facts["pharmacology.half_life.smpc"].number
    for name, (low, high, step) in dose_regimen.RANGES.items():
        assert low <= default[name] <= high and (default[name] - low) % step == 0
    low, high, _ = dose_regimen.RANGES["half_life_hours"]
    assert (
        low < exposure_facts.build_up_half_life()
        and max(exposure_facts.half_lives().values()) < high
    )


def _average_drawn_by_vega(regimen: dict) -> np.ndarray:
    """The curve as the chart compiler draws it, read back from its path: heights in pixels to
    shares of steady state.
    """
    import vl_convert

    spec = dose_chart.draw(700).to_dict()
    for parameter in spec["params"]:
        parameter["value"] = regimen[parameter["name"]]
    svg = vl_convert.vegalite_to_svg(spec, vl_version="6.4")
    lines = re.findall(
        r'aria-roledescription="line'
        r' mark"[^>]*?d="([^"]+)"|d="([^"]+)"[^>]*?aria-roledescription="line mark"',
        svg,
    )
    path = next(iter({a or b for a, b in lines}))
    heights = [float(y) for y in re.findall(r"[ML][\d.]+,([\d.]+)", path)]
    return (220 - np.array(heights)) / 220 * 1.25


@pytest.mark.parametrize("regimen", REGIMENS)
def test_vega_computes_what_python_computes(regimen):
    drawn, computed = (
        _average_drawn_by_vega(regimen),
        dose_regimen.exposure(**regimen)["average"].to_numpy(),
    )
    assert drawn.shape == computed.shape
    assert np.abs(drawn - computed).max() < 1e-3 * computed.max()


@pytest.mark.parametrize(
    "draw",
    [
        kinases.kinase_profile,
        exposure.exposure_over_time,
        exposure_drivers.exposure_movers,
        dose_controls.site_figure,
    ],
)
@pytest.mark.parametrize("width", [700, 340])
def test_drawings_keep_within_their_width(draw, width):
    from assessment.book.charts.render import chart_converter

    svg = chart_converter().vegalite_to_svg(draw().draw(width).to_dict(), vl_version="6.4")
    assert float(re.search(r'width="([\d.]+)"', svg)[1]) <= width


def test_no_controls_in_the_still_picture():
    from assessment.book.charts.render import chart_converter

    svg = chart_converter().vegalite_to_svg(dose_chart.draw(700).to_dict(), vl_version="6.4")
    assert "<input" not in svg and dose_regimen.WORDS["pause_days"] not in svg


def test_sliders_move_the_curve_in_jupyterlab(monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "chapters/mechanism.md")
    box = dose_controls.dose_explorer()
    *sliders, picture, _note = box.children
    assert [s.description for s in sliders] == [
        dose_regimen.WORDS[name] for name in dose_regimen.RANGES
    ]
    shown_specs = []
    monkeypatch.setattr(
        "IPython.display.display",
        lambda data, raw: shown_specs.append(data[dose_controls.LAB_MIME]),
    )
    box = dose_controls.dose_explorer()
    box.children[3].value = 20  # the dose after the change
    before, after = ([row["average"] for row in _rows(spec)] for spec in shown_specs[-2:])
    default = dose_regimen.default_regimen()
    assert before == pytest.approx(dose_regimen.exposure(**default)["average"].tolist())
    assert after == pytest.approx(
        dose_regimen.exposure(**default | {"new_mg": 20})["average"].tolist()
    )


def _rows(spec: dict) -> list[dict]:
    return next(rows for rows in spec["datasets"].values() if "average" in rows[0])


def test_outside_jupyterlab_it_is_the_figure(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    assert isinstance(dose_controls.dose_explorer(), dose_controls.Figure)


@pytest.mark.browser
@pytest.mark.parametrize("width", [700, 340])
def test_moving_a_slider_in_a_browser_gives_pythons_curve(tmp_path, browser, width):
    from assessment.book.charts.render import bundle

    (tmp_path / "charts.js").write_text(bundle(tmp_path), encoding="utf-8")
    page_file = tmp_path / "page.html"
    page_file.write_text(
        '<!doctype html><meta charset="utf-8"><div id="chart"></div><script'
        ' src="charts.js"></script><script>vegaEmbed("#chart",'
        f" {json.dumps(dose_chart.draw(width).to_dict())}, {{actions: false, renderer:"
        ' "svg"}).then(r => window.view = r.view)</script>',
        encoding="utf-8",
    )
    rows = (
        """() => { for (const name of Object.keys(view._runtime.data)) { const rows = view.data(name) || [];
              if (rows.length === %d && 'average' in rows[0]) return rows.map(r => r.average); } }"""  # noqa: UP031 – its braces are not for format()
        % dose_regimen.DAYS
    )
    page = browser.new_page(viewport={"width": width + 40, "height": 900})
    page.goto(page_file.as_uri())
    page.wait_for_function("window.view")
    inputs = page.locator(".vega-bind input[type=range]")
    assert inputs.count() == len(dose_regimen.RANGES)
    path = "() => document.querySelector('[aria-roledescription=\"line mark\"]').getAttribute('d')"
    regimen, before = dose_regimen.default_regimen(), page.evaluate(path)
    for name, value in (
        ("half_life_hours", 78),
        ("new_mg", 20),
        ("pause_days", 9),
        ("change_day", 35),
        ("start_mg", 40),
    ):
        # found by its label, as a screen reader finds it
        page.get_by_label(dose_regimen.WORDS[name]).fill(str(value))
        regimen[name] = value
        page.evaluate("async () => { await view.runAsync(); }")
        drawn, computed = (
            np.array(page.evaluate(rows)),
            dose_regimen.exposure(**regimen)["average"].to_numpy(),
        )
        assert np.abs(drawn / computed - 1).max() < 1e-3
        after = page.evaluate(path)
        assert after != before
        before = after
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()
