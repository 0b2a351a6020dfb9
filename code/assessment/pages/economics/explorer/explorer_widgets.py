"""The explorer in JupyterLab: widgets that run the full model, draws included."""

from __future__ import annotations

from contextlib import suppress

import ipywidgets
from IPython.display import clear_output, display

from assessment.case.model.analyses.own_scenario import FOLDER
from assessment.case.model.analyses.probabilistic import Draws
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.pages.economics.explorer import lab_words
from assessment.pages.economics.explorer.explorer_words import WORDS
from assessment.pages.economics.explorer.lab_answers import draw_answers, pictures, run_answers
from assessment.pages.economics.explorer.lab_controls import Controls, look
from assessment.pages.economics.shared.result_wording import movable_assumption_label
from assessment.presentation.money_format import format_nok
from assessment.presentation.show import LAB_MIME


class Live(Controls):
    """Controls and what they show: the run of their values, and its ``draws(n)``."""

    def __init__(self) -> None:
        super().__init__()
        self.reset = ipywidgets.Button(description=WORDS["reset"], layout={"width": "16rem"})
        self.count = ipywidgets.IntSlider(
            value=2_000,
            min=500,
            max=20_000,
            step=500,
            description=WORDS["draws"],
            readout_format=",d",
            **look(),
        )
        self.button = ipywidgets.Button(description=WORDS["run"])
        self.progress = ipywidgets.IntProgress(value=0, max=1)
        self.name = ipywidgets.Text(value="own-scenario", description=lab_words.NAME, **look())
        self.save = ipywidgets.Button(description=lab_words.SAVE)
        self.numbers, self.said, self.saved = (ipywidgets.HTML() for _unused in range(3))
        self.picture = ipywidgets.Output()
        self.drawn: Draws | None = None
        self.reset.on_click(lambda _button: self.back_to_base())
        self.button.on_click(lambda _button: self.show_draws())
        self.save.on_click(lambda _button: self.write())
        self._moved()

    def draws(self, count: int) -> Draws:
        """Draws with the price chosen; other controls move the mean of their input and keep its
        spread.
        """
        return self.scenario().draws(count, progress=self._show_progress)

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.max, self.progress.value = total, done

    def show(self) -> None:
        """The results of the controls' values, in words and numbers. Draws of other values go."""
        self.drawn, self.said.value, self.saved.value, self.progress.value = None, "", "", 0
        with self.picture:
            clear_output()
        try:
            scenario = self.scenario()
            answers = run_answers(scenario, self.value.value)
        except (NoCurve, ValueError) as reason:
            self.numbers.value = f"<p>{reason}</p>"
            return
        label = f"<p>{movable_assumption_label()}</p>"
        self.numbers.value = (
            label + _table(answers, lab_words.OUTPUTS) + f"<p>{self.changes(scenario)}</p>"
        )

    def show_draws(self) -> None:
        """Plane and acceptability of the chosen number of draws, and what they say in numbers."""
        try:
            self.drawn = self.draws(self.count.value)
        except (NoCurve, ValueError) as reason:
            self.said.value = f"<p>{reason}</p>"
            return
        value = self.value_of_a_qaly()
        self.said.value = _table(draw_answers(self.drawn, self.scenario(), value), lab_words.DRAWN)
        chart, text = pictures(self.drawn, value), lab_words.PLANE.format(value=format_nok(value))
        with self.picture:
            clear_output(wait=True)
            display({LAB_MIME: chart.to_dict(), "text/plain": text}, raw=True)

    def write(self) -> None:
        """Saves settings, inputs and results, and the draws if there are any."""
        try:
            files = self.scenario().save(self.name.value.strip(), self.drawn)
        except (NoCurve, ValueError, OSError) as reason:
            self.saved.value = f"<p>{reason}</p>"
            return
        folder = files[0].parent
        with suppress(ValueError):  # a folder elsewhere is named in full
            folder = folder.relative_to(FOLDER.parent)
        names = ", ".join(file.name for file in files)
        said = lab_words.SAVED.format(files=names, folder=f"{folder.as_posix()}/")
        self.saved.value = f"<p>{said}</p>"

    def box(self) -> ipywidgets.VBox:
        """All controls and what they show, one below another."""
        return ipywidgets.VBox(
            [
                *self.boxes(),
                self.reset,
                self.numbers,
                ipywidgets.HBox([self.count, self.button, self.progress]),
                self.said,
                self.picture,
                ipywidgets.HBox([self.name, self.save]),
                self.saved,
            ]
        )


def _table(answers: dict[str, str], labels: dict[str, str]) -> str:
    rows = "".join(
        f"<tr><td>{labels[name]}</td><td><b>{text}</b></td></tr>" for name, text in answers.items()
    )
    return f"<table>{rows}</table>"


def live() -> ipywidgets.VBox:
    """The widgets, ready to be shown."""
    return Live().box()
