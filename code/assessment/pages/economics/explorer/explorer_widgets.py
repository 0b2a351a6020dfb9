"""The explorer in JupyterLab: widgets that run the full Norwegian model, draws included."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import ipywidgets
import numpy as np
import pandas as pd
from IPython.display import clear_output, display

from assessment.case.model import runs
from assessment.case.model.analyses.comparator_severity import severity_of
from assessment.case.model.analyses.probabilistic import probabilistic
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import FAMILIES, SURVIVAL_EFFECTS, Settings
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.analysis.acceptability import acceptability
from assessment.pages.economics.explorer.explorer_content import sliders
from assessment.pages.economics.explorer.explorer_words import WORDS
from assessment.pages.economics.shared.result_wording import leans, price, ratio
from assessment.presentation import numbers, theme
from assessment.presentation.money_format import MILLION, money
from assessment.presentation.show import LAB_MIME


class Live:
    """Controls and what they show. ``results()`` is the run of the controls' present values,
    ``draws(n)`` its probabilistic form.
    """

    def __init__(self):
        wide, style = {"width": "34rem"}, {"description_width": "16rem"}

        def pick(name, options):
            return ipywidgets.Dropdown(
                options=options, description=WORDS[name], layout=wide, style=style
            )

        self.cohort = pick("cohort", [(NAMES[c], c) for c in COHORTS])
        self.effect = pick(
            "effect", [(WORDS["effects"][e], e) for e in SURVIVAL_EFFECTS] + [(WORDS["own"], "own")]
        )
        self.family = pick(
            "family", [(WORDS["families"][f or "all"], f) for f in (None, *FAMILIES)]
        )
        self.ratio = ipywidgets.FloatSlider(
            value=0.8,
            min=0.4,
            max=1.4,
            step=0.02,
            description=WORDS["ratio"],
            layout=wide,
            style=style,
        )
        self.values = {
            name: ipywidgets.FloatSlider(
                value=s["base"],
                min=s["min"],
                max=s["max"],
                step=s["step"],
                description=WORDS["sliders"][name],
                layout=wide,
                style=style,
                continuous_update=False,
            )
            for name, s in sliders(COHORTS[0]).items()
        }
        self.count = ipywidgets.IntSlider(
            value=2_000,
            min=500,
            max=20_000,
            step=500,
            description=WORDS["draws"],
            layout=wide,
            style=style,
        )
        self.button, self.progress = (
            ipywidgets.Button(description=WORDS["run"]),
            ipywidgets.IntProgress(value=0, max=1),
        )
        self.numbers, self.picture = ipywidgets.HTML(), ipywidgets.Output()
        for control in (self.effect, self.family, self.ratio, *self.values.values()):
            control.observe(self.show, names="value")
        self.cohort.observe(self._other_cohort, names="value")
        self.button.on_click(lambda _: self.show_draws())
        self.show()

    def settings(self) -> Settings:
        effect = self.ratio.value if self.effect.value == "own" else self.effect.value
        return replace(
            Settings(self.cohort.value), survival_effect=effect, family=self.family.value
        )

    def inputs(self) -> dict[str, float]:
        return base_values(model_inputs(self.cohort.value)) | {
            name: slider.value for name, slider in self.values.items()
        }

    def results(self):
        return run_model(self.inputs(), self.settings())

    def draws(self, count: int):
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
            progress=self._told,
            price_per_pack_nok=self.values["price_per_pack_nok"].value,
            shift=shift,
        )

    def _told(self, done: int, total: int) -> None:
        self.progress.max, self.progress.value = total, done

    def _other_cohort(self, _change) -> None:
        for name, s in sliders(self.cohort.value).items():
            self.values[name].min, self.values[name].max = (
                min(s["min"], self.values[name].min),
                max(s["max"], self.values[name].max),
            )
            self.values[name].value = s["base"]
            self.values[name].min, self.values[name].max = s["min"], s["max"]
        self.show()

    def show(self, _change=None) -> None:
        """The results of the controls' values, in words and numbers."""
        try:
            found = self.results()
        except (NoCurve, ValueError) as reason:
            self.numbers.value = f"<p>{reason}</p>"
            return
        severe, inc = severity_of(found), found.increment
        own = severe.reference_nok_per_qaly
        rows = {
            "qalys": numbers.number(float(inc.effect), 3),
            "life_years": numbers.number(float(found.increment_life_years.effect), 3),
            "cost": money(float(inc.cost)),
            "icer": ratio(
                found, runs.gain_error(self.cohort.value, self.settings().survival_effect)
            ),
            "benefit": money(float(inc.net_monetary_benefit(own))),
            "price": price(found, own),
            "shortfall": numbers.number(severe.shortfall, 1),
            "class": str(severe.severity_class),
        }
        self.numbers.value = (
            f"<p>{leans(movable=True)}</p><table>"
            + "".join(
                f"<tr><td>{WORDS['outputs'][name]}</td><td><b>{text}</b></td></tr>"
                for name, text in rows.items()
            )
            + "</table>"
        )

    def show_draws(self) -> None:
        """Plane and acceptability of the chosen number of draws."""
        found = self.draws(self.count.value)
        points = pd.DataFrame(
            {"gain": found.increment.effect, "cost": found.increment.cost / MILLION}
        ).iloc[:2_000]
        thresholds = np.arange(0, 6_000_001, 100_000)
        likely = pd.DataFrame(
            {
                "threshold": thresholds / MILLION,
                "share": acceptability(found.costs, found.qalys, thresholds).probability[0],
            }
        )
        plane = (
            alt.Chart(points)
            .mark_point(size=12, opacity=0.5, color=theme.BLUE)
            .encode(
                x=alt.X("gain:Q", title=WORDS["outputs"]["qalys"]),
                y=alt.Y("cost:Q", title=WORDS["plane_title"]),
            )
            .properties(width=300, height=260)
        )
        curve = (
            alt.Chart(likely)
            .mark_line(color=theme.BLUE)
            .encode(
                x=alt.X("threshold:Q", title=WORDS["threshold"]),
                y=alt.Y("share:Q", title=WORDS["likely"], scale=alt.Scale(domain=[0, 1])),
            )
            .properties(width=300, height=260)
        )
        with self.picture:
            clear_output(wait=True)
            display(
                {LAB_MIME: alt.hconcat(plane, curve).to_dict(), "text/plain": WORDS["plane_title"]},
                raw=True,
            )

    def box(self) -> ipywidgets.VBox:
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


def live() -> ipywidgets.VBox:
    """The widgets, ready to be shown."""
    return Live().box()
