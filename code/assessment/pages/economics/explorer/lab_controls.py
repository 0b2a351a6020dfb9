"""The controls of the explorer in JupyterLab, and the scenario that they stand for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import ipywidgets

from assessment.case.model.analyses.own_scenario import OwnScenario
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import (
    COHORTS,
    ModelInput,
    base_values,
    model_inputs,
)
from assessment.case.model.inputs.settings import FAMILIES, SURVIVAL_EFFECTS, Settings
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.explorer import lab_words
from assessment.pages.economics.explorer.explorer_content import sliders, values_of_a_qaly
from assessment.pages.economics.explorer.explorer_words import WORDS
from assessment.presentation import numbers, words
from assessment.presentation.money_format import format_nok

FIRST_RATIO = 0.8


class Controls:
    """One control for each choice and each input. ``settings()`` and ``scenario()`` are what they
    stand for; ``show()`` is called whenever one has moved.
    """

    def __init__(self) -> None:
        self.cohort = _dropdown(WORDS["cohort"], [(NAMES[c], c) for c in COHORTS])
        effects = [(WORDS["effects"][effect], effect) for effect in SURVIVAL_EFFECTS]
        self.effect = _dropdown(WORDS["effect"], [*effects, (WORDS["own"], "own")])
        families = [(WORDS["families"][family or "all"], family) for family in (None, *FAMILIES)]
        self.family = _dropdown(WORDS["family"], families)
        self.ratio = ipywidgets.FloatSlider(
            value=FIRST_RATIO, min=0.4, max=1.4, step=0.02, description=WORDS["ratio"], **look()
        )
        self.value = _dropdown(lab_words.VALUE_LABEL, _values())
        moved = sliders(COHORTS[0])
        self.values = {
            name: ipywidgets.FloatSlider(
                value=slider["base"],
                min=slider["min"],
                max=slider["max"],
                step=slider["step"],
                description=lab_words.OF_THE_DRUG if name == PRICE else WORDS["sliders"][name],
                readout_format=",.0f" if name == PRICE else ".2f",
                continuous_update=False,
                **look(),
            )
            for name, slider in moved.items()
        }
        self.others = {
            name: ipywidgets.FloatText(
                value=given.value, description=_label(given), **look("22rem", "34rem")
            )
            for name, given in model_inputs(COHORTS[0]).items()
            if name not in moved
        }
        self._quiet = False
        for control in (self.effect, self.family, self.ratio, self.value, *self.inputs().values()):
            control.observe(self._moved, names="value")
        self.cohort.observe(self._to_base, names="value")

    def show(self) -> None:
        """What is to happen when a control has moved."""

    def _moved(self, _change=None) -> None:
        self.ratio.layout.display = "" if self.effect.value == "own" else "none"
        if not self._quiet:
            self.show()

    def inputs(self) -> dict[str, ipywidgets.DOMWidget]:
        """The control of every input."""
        return self.values | self.others

    def settings(self) -> Settings:
        """The settings that the controls stand for."""
        effect = self.ratio.value if self.effect.value == "own" else self.effect.value
        return replace(
            Settings(self.cohort.value), survival_effect=effect, family=self.family.value
        )

    def scenario(self) -> OwnScenario:
        """What the controls stand for. ValueError for a value that an input may not have."""
        base = base_values(model_inputs(self.cohort.value))
        chosen = {name: float(control.value) for name, control in self.inputs().items()}
        moved = {name: value for name, value in chosen.items() if abs(value - base[name]) > 1e-9}
        return OwnScenario(self.settings(), moved)

    def value_of_a_qaly(self) -> float:
        """The value chosen, in NOK: that of the scenario's severity class where no other is."""
        return self.value.value or self.scenario().severity().reference_nok_per_qaly

    def back_to_base(self) -> None:
        """All controls at the base case of the cohort."""
        self._quiet = True
        self.effect.value, self.family.value = SURVIVAL_EFFECTS[0], None
        self.ratio.value, self.value.value = FIRST_RATIO, None
        self._to_base()

    def _to_base(self, _change=None) -> None:
        self._quiet = True
        given = model_inputs(self.cohort.value)
        for name, slider in sliders(self.cohort.value).items():
            control = self.values[name]
            # wide enough for the old value and the new one while it moves
            control.min = min(slider["min"], control.min)
            control.max = max(slider["max"], control.max)
            control.value = slider["base"]
            control.min, control.max = slider["min"], slider["max"]
        for name, control in self.others.items():
            control.value, control.description = given[name].value, _label(given[name])
        self._quiet = False
        self._moved()

    def changes(self, scenario: OwnScenario) -> str:
        """What a scenario changes, in a sentence."""
        given = model_inputs(self.cohort.value)
        names = [given[name].label for name in scenario.changed]
        base = replace(Settings(self.cohort.value))
        for field, control in (("survival_effect", self.effect), ("family", self.family)):
            if getattr(scenario.settings, field) != getattr(base, field):
                names.append(control.description)
        return lab_words.MOVED.format(names="; ".join(names)) if names else lab_words.NOT_MOVED

    def boxes(self) -> list[ipywidgets.DOMWidget]:
        """The controls, one below another; inputs without a slider lie folded, by group."""
        groups = {
            title: [
                self.others[name]
                for name, given in model_inputs(COHORTS[0]).items()
                if name in self.others and given.group == group
            ]
            for group, title in lab_words.OTHER_INPUTS.items()
        }
        more = ipywidgets.Accordion(
            children=[ipywidgets.VBox(controls) for controls in groups.values()],
            titles=tuple(groups),
        )
        first = [self.cohort, self.effect, self.ratio, self.family]
        return [*first, *self.values.values(), more, self.value]


def look(label: str = "18rem", width: str = "38rem") -> dict[str, dict[str, str]]:
    """Width of a control and of the words before it."""
    return {"layout": {"width": width}, "style": {"description_width": label}}


def _dropdown(label: str, options: list[tuple[str, Any]]) -> ipywidgets.Dropdown:
    return ipywidgets.Dropdown(options=options, description=label, **look())


def _values() -> list[tuple[str, float | None]]:
    """Values of a QALY to choose from; None stands for that of the severity class."""
    given = [
        (lab_words.VALUE_OPTION.format(amount=format_nok(v["value"]), note=v["note"]), v["value"])
        for v in values_of_a_qaly()
    ]
    return [(lab_words.AS_CLASS, None), *given]


def _label(given: ModelInput) -> str:
    """An input's name with its unit."""
    unit = lab_words.SHARE if given.fact.unit == "percent" else _unit(given.fact.unit)
    return f"{given.label}, {unit}" if unit else given.label


def _unit(unit: str) -> str:
    return numbers.with_unit("", unit).strip("\u00a0 ") if unit in words.UNITS else ""
