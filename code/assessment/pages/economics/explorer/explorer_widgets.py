"""The explorer in JupyterLab: widgets that run the full Norwegian model, draws included."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import altair as alt
import ipywidgets
import numpy as np
import pandas as pd
from IPython.display import clear_output, display

from assessment.case.model import runs
from assessment.case.model.analyses.comparator_severity import severity_of
from assessment.case.model.analyses.probabilistic import Draws, probabilistic
from assessment.case.model.costs.cost_utility import Results, run_model
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import FAMILIES, SURVIVAL_EFFECTS, Settings
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.analysis.acceptability import acceptability
from assessment.pages.economics.explorer.explorer_content import sliders
from assessment.pages.economics.explorer.explorer_words import WORDS
from assessment.pages.economics.shared.result_wording import (
    format_price_at,
    movable_assumption_label,
)
from assessment.presentation import numbers, theme
from assessment.presentation.icer_format import format_icer_per_qaly
from assessment.presentation.money_format import MILLION, format_million_nok
from assessment.presentation.show import LAB_MIME


class Live:
    """Controls and what they show. ``results()`` is the run of the controls' present values,
    ``draws(n)`` its probabilistic form.
    """

    def __init__(self) -> None:
        self.cohort = _dropdown(WORDS["cohort"], [(NAMES[c], c) for c in COHORTS])
        effects = [(WORDS["effects"][effect], effect) for effect in SURVIVAL_EFFECTS]
        self.effect = _dropdown(WORDS["effect"], [*effects, (WORDS["own"], "own")])
        families = [(WORDS["families"][family or "all"], family) for family in (None, *FAMILIES)]
        self.family = _dropdown(WORDS["family"], families)
        self.ratio = ipywidgets.FloatSlider(
            value=0.8, min=0.4, max=1.4, step=0.02, description=WORDS["ratio"], **_look()
        )
        self.values = {
            name: ipywidgets.FloatSlider(
                value=slider["base"],
                min=slider["min"],
                max=slider["max"],
                step=slider["step"],
                description=WORDS["sliders"][name],
                continuous_update=False,
                **_look(),
            )
            for name, slider in sliders(COHORTS[0]).items()
        }
        self.count = ipywidgets.IntSlider(
            value=2_000, min=500, max=20_000, step=500, description=WORDS["draws"], **_look()
        )
        self.button = ipywidgets.Button(description=WORDS["run"])
        self.progress = ipywidgets.IntProgress(value=0, max=1)
        self.numbers, self.picture = ipywidgets.HTML(), ipywidgets.Output()
        for control in (self.effect, self.family, self.ratio, *self.values.values()):
            control.observe(self.show, names="value")
        self.cohort.observe(self._other_cohort, names="value")
        self.button.on_click(lambda _button: self.show_draws())
        self.show()

    def settings(self) -> Settings:
        """The settings that the controls stand for."""
        effect = self.ratio.value if self.effect.value == "own" else self.effect.value
        return replace(
            Settings(self.cohort.value), survival_effect=effect, family=self.family.value
        )

    def inputs(self) -> dict[str, Any]:
        """Base values, those with a slider replaced by it."""
        return base_values(model_inputs(self.cohort.value)) | {
            name: slider.value for name, slider in self.values.items()
        }

    def results(self) -> Results:
        """The run of the controls' present values. NoCurve or ValueError where it cannot be run."""
        return run_model(self.inputs(), self.settings())

    def draws(self, count: int) -> Draws:
        """Draws with the price chosen; other controls move the mean of their input and keep its
        spread.
        """
        shift = {
            name: slider.value - model_inputs(self.cohort.value)[name].value
            for name, slider in self.values.items()
            if name != "price_per_pack_nok"
        }
        return probabilistic(
            self.settings(),
            count,
            progress=self._show_progress,
            price_per_pack_nok=self.values["price_per_pack_nok"].value,
            shift=shift,
        )

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.max, self.progress.value = total, done

    def _other_cohort(self, _change) -> None:
        for name, slider in sliders(self.cohort.value).items():
            control = self.values[name]
            # wide enough for the old value and the new one while it moves
            control.min = min(slider["min"], control.min)
            control.max = max(slider["max"], control.max)
            control.value = slider["base"]
            control.min, control.max = slider["min"], slider["max"]
        self.show()

    def show(self, _change=None) -> None:
        """The results of the controls' values, in words and numbers."""
        try:
            results = self.results()
        except (NoCurve, ValueError) as reason:
            self.numbers.value = f"<p>{reason}</p>"
            return
        error = runs.gain_error(self.cohort.value, self.settings().survival_effect)
        rows = "".join(
            f"<tr><td>{WORDS['outputs'][name]}</td><td><b>{text}</b></td></tr>"
            for name, text in _outputs(results, error).items()
        )
        self.numbers.value = f"<p>{movable_assumption_label()}</p><table>{rows}</table>"

    def show_draws(self) -> None:
        """Plane and acceptability of the chosen number of draws."""
        draws = self.draws(self.count.value)
        chart = alt.hconcat(_plane(draws), _acceptability_curve(draws))
        with self.picture:
            clear_output(wait=True)
            display({LAB_MIME: chart.to_dict(), "text/plain": WORDS["plane_title"]}, raw=True)

    def box(self) -> ipywidgets.VBox:
        """All controls and what they show, one below another."""
        return ipywidgets.VBox(
            [
                self.cohort,
                self.effect,
                self.ratio,
                self.family,
                *self.values.values(),
                self.numbers,
                ipywidgets.HBox([self.count, self.button, self.progress]),
                self.picture,
            ]
        )


def _look() -> dict[str, dict[str, str]]:
    """Width of a control and of the words before it."""
    return {"layout": {"width": "34rem"}, "style": {"description_width": "16rem"}}


def _dropdown(label: str, options: list[tuple[str, str | None]]) -> ipywidgets.Dropdown:
    return ipywidgets.Dropdown(options=options, description=label, **_look())


def _outputs(results: Results, error: float) -> dict[str, str]:
    """The outputs of a run as text, by name; ``error``: Monte Carlo error of the gain."""
    severity, increment = severity_of(results), results.increment
    own = severity.reference_nok_per_qaly
    return {
        "qalys": numbers.number(float(increment.effect), 3),
        "life_years": numbers.number(float(results.increment_life_years.effect), 3),
        "cost": format_million_nok(float(increment.cost)),
        "icer": format_icer_per_qaly(increment, error),
        "benefit": format_million_nok(float(increment.net_monetary_benefit(own))),
        "price": format_price_at(results, own),
        "shortfall": numbers.number(severity.shortfall, 1),
        "class": str(severity.severity_class),
    }


def _plane(draws: Draws) -> alt.Chart:
    points = pd.DataFrame(
        {"gain": draws.increment.effect, "cost": draws.increment.cost / MILLION}
    ).iloc[:2_000]
    return (
        alt.Chart(points)
        .mark_point(size=12, opacity=0.5, color=theme.BLUE)
        .encode(
            x=alt.X("gain:Q", title=WORDS["outputs"]["qalys"]),
            y=alt.Y("cost:Q", title=WORDS["plane_title"]),
        )
        .properties(width=300, height=260)
    )


def _acceptability_curve(draws: Draws) -> alt.Chart:
    thresholds = np.arange(0, 6_000_001, 100_000)
    shares = acceptability(draws.costs, draws.qalys, thresholds).probability[0]
    return (
        alt.Chart(pd.DataFrame({"threshold": thresholds / MILLION, "share": shares}))
        .mark_line(color=theme.BLUE)
        .encode(
            x=alt.X("threshold:Q", title=WORDS["threshold"]),
            y=alt.Y("share:Q", title=WORDS["likely"], scale=alt.Scale(domain=[0, 1])),
        )
        .properties(width=300, height=260)
    )


def live() -> ipywidgets.VBox:
    """The widgets, ready to be shown."""
    return Live().box()
