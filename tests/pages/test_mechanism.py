"""The dose explorer in Vega, in the browser and in JupyterLab against Python; numbers in prose."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

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

REGIMENS = [
    {"start_mg": 60, "change_day": 28, "pause_days": 0, "new_mg": 40, "half_life_hours": 110},
    {"start_mg": 60, "change_day": 14, "pause_days": 21, "new_mg": 20, "half_life_hours": 78},
    {"start_mg": 40, "change_day": 1, "pause_days": 0, "new_mg": 60, "half_life_hours": 130},
    {"start_mg": 20, "change_day": 70, "pause_days": 28, "new_mg": 0, "half_life_hours": 99},
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
    assert said["mech_dose_share"] == "64"
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
        "() => { for (const name of Object.keys(view._runtime.data)) {"
        " const rows = view.data(name) || [];"
        f" if (rows.length === {dose_regimen.DAYS} && 'average' in rows[0])"
        " return rows.map(r => r.average); } }"
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
