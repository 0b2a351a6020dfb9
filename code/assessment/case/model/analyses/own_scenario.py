"""A scenario of one's own: settings and inputs changed, its results and draws as data frames and files.

Columns and rows have names that programs can read; units stand in the names or in a column ``unit``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from assessment.case.model.analyses.comparator_severity import Severity, severity_of
from assessment.case.model.analyses.probabilistic import SEED, Draws, probabilistic
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.costs.cost_utility import Results, run_model
from assessment.case.model.inputs.input_checks import checked
from assessment.case.model.inputs.model_inputs import base_values, model_inputs
from assessment.case.model.inputs.settings import Settings
from assessment.economics.analysis.acceptability import acceptability
from assessment.evidence import ROOT

FOLDER = ROOT / "scenarios"
LOW, HIGH = 2.5, 97.5  # per cent of the draws below the ends of an interval


@dataclass(frozen=True, eq=False)
class OwnScenario:
    """One way of running the model. ``settings`` as ``Settings``; ``changed``: inputs by name, in the
    model's unit (shares as fractions), the others at their base value.

    ValueError names an input that does not exist, or a value that is not allowed.
    """

    settings: Settings = Settings()
    changed: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self):
        checked(self.inputs(), self.settings)

    def inputs(self) -> dict[str, float]:
        """Every input by name."""
        return base_values(model_inputs(self.settings.cohort)) | dict(self.changed)

    def results(self) -> Results:
        """The run in expected values. NoCurve where the printed results do not allow it."""
        return run_model(self.inputs(), self.settings)

    def severity(self) -> Severity:
        """Severity of the scenario's comparator arm, and the reference value of its class."""
        return severity_of(self.results())

    def draws(
        self,
        count: int = 2_000,
        seed: int = SEED,
        progress: Callable[[int, int], None] | None = None,
    ) -> Draws:
        """``count`` runs with inputs and curves drawn; a changed input is the mean of its draws.

        A price that is changed does not vary, as in the base case. Same seed, same draws.
        """
        means = {name: value for name, value in self.changed.items() if name != PRICE}
        return probabilistic(
            self.settings,
            count,
            seed,
            progress=progress,
            price_per_pack_nok=self.inputs()[PRICE],
            means=means,
        )

    def settings_frame(self) -> pd.DataFrame:
        """Columns setting, base, chosen: what a run can be asked beside its inputs."""
        base = Settings(self.settings.cohort)
        rows = [
            (f.name, getattr(base, f.name), getattr(self.settings, f.name)) for f in fields(base)
        ]
        return pd.DataFrame(rows, columns=["setting", "base", "chosen"]).astype(str)

    def inputs_frame(self) -> pd.DataFrame:
        """Columns input, label, group, unit, base, low, high, chosen, changed, status, fact: a row for
        every input. Shares are fractions, whatever their source prints.
        """
        chosen = self.inputs()
        rows = [
            {
                "input": name,
                "label": given.label,
                "group": given.group,
                "unit": "share" if given.fact.unit == "percent" else given.fact.unit,
                "base": given.value,
                "low": given.low,
                "high": given.high,
                "chosen": chosen[name],
                "changed": chosen[name] != given.value,
                "status": given.status,
                "fact": given.fact.id,
            }
            for name, given in model_inputs(self.settings.cohort).items()
        ]
        return pd.DataFrame(rows)

    def results_frame(self, threshold_nok_per_qaly: float | None = None) -> pd.DataFrame:
        """Columns result, unit, treated, comparator, difference: costs and QALYs, then what they
        come to at a value of a QALY (None: that of the scenario's severity class).
        """
        run, severity = self.results(), self.severity()
        value = threshold_nok_per_qaly or severity.reference_nok_per_qaly
        price = run.price_at(value)
        both = [
            ("cost", "nok", "cost"),
            ("qalys", "qaly", "qalys"),
            ("life_years", "years", "life_years"),
            ("years_on_treatment", "years", "years_on_treatment"),
            ("packs", "packs", "packs"),
        ]
        rows = [
            (name, unit, *(float(getattr(arm, of)) for arm in (run.treated, run.comparator)))
            for name, unit, of in both
        ]
        frame = pd.DataFrame(rows, columns=["result", "unit", "treated", "comparator"])
        frame["difference"] = frame["treated"] - frame["comparator"]
        alone = [
            ("icer", "nok_per_qaly", float(run.increment.icer)),
            ("value_of_a_qaly", "nok_per_qaly", value),
            ("net_benefit", "nok", float(run.increment.net_monetary_benefit(value))),
            ("price_of_a_pack_that_is_enough", "nok", float(price.price) if price.met else np.nan),
            ("absolute_shortfall", "qaly", severity.shortfall),
            ("severity_class", "class", float(severity.severity_class)),
        ]
        return pd.concat(
            [frame, pd.DataFrame(alone, columns=["result", "unit", "difference"])],
            ignore_index=True,
        )

    def save(self, name: str, draws: Draws | None = None, folder: Path = FOLDER) -> list[Path]:
        """Writes settings, inputs, results and draws as CSV into ``folder/name``, and all of them as
        sheets of one Excel file where openpyxl is installed. Returns the files.

        ValueError for a name that is no name of a folder.
        """
        if not name or Path(name).name != name or name.startswith("."):
            raise ValueError(f"a name for a folder, such as low-price; found {name!r}")
        sheets = {
            "settings": self.settings_frame(),
            "inputs": self.inputs_frame(),
            "results": self.results_frame(),
        }
        if draws is not None:
            sheets |= {"draws": draws_frame(draws), "draws_summary": draws_summary(draws, self)}
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        files = [place / f"{sheet}.csv" for sheet in sheets]
        for file, frame in zip(files, sheets.values(), strict=True):
            frame.to_csv(file, index=False)
        if find_spec("openpyxl"):
            files.append(place / f"{name}.xlsx")
            with pd.ExcelWriter(files[-1], engine="openpyxl") as book:
                for sheet, frame in sheets.items():
                    frame.to_excel(book, sheet_name=sheet, index=False)
        return files


def draws_frame(draws: Draws) -> pd.DataFrame:
    """A row for each draw: costs in NOK, QALYs, life years and packs, then the inputs drawn."""
    results = {
        f"{name}_{role}": values
        for name, both in (
            ("cost_nok", draws.costs),
            ("qalys", draws.qalys),
            ("life_years", draws.life_years),
        )
        for role, values in zip(("treated", "comparator"), both, strict=True)
    }
    gained = draws.increment
    results |= {"added_cost_nok": gained.cost, "qalys_gained": gained.effect, "packs": draws.packs}
    frame = pd.DataFrame(results | dict(draws.inputs))
    return frame.rename_axis("draw").reset_index()


def draws_summary(
    draws: Draws, scenario: OwnScenario, threshold_nok_per_qaly: float | None = None
) -> pd.DataFrame:
    """Columns result, unit, mean, low, high: what the draws say, intervals of 95 % of them.

    ``share_worth_it`` and ``evpi_per_patient`` are at a value of a QALY (None: that of the scenario's
    severity class); EVPI is the expected value of perfect information.
    """
    value = threshold_nok_per_qaly or scenario.severity().reference_nok_per_qaly
    gained = draws.increment
    sure = acceptability(draws.costs, draws.qalys, value)
    spread = [
        ("added_cost", "nok", gained.cost),
        ("qalys_gained", "qaly", gained.effect),
        ("life_years_gained", "years", draws.life_years[0] - draws.life_years[1]),
        ("net_benefit", "nok", gained.net_monetary_benefit(value)),
    ]
    rows = [
        (name, unit, drawn.mean(), *np.percentile(drawn, (LOW, HIGH)))
        for name, unit, drawn in spread
    ]
    rows += [
        ("icer_of_means", "nok_per_qaly", float(gained.mean.icer), np.nan, np.nan),
        ("value_of_a_qaly", "nok_per_qaly", value, np.nan, np.nan),
        ("share_worth_it", "share", float(sure.probability[0, 0]), np.nan, np.nan),
        ("evpi_per_patient", "nok", float(sure.evpi[0]), np.nan, np.nan),
    ]
    return pd.DataFrame(rows, columns=["result", "unit", "mean", "low", "high"])
