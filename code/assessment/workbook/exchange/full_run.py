"""The whole model run with the inputs of a workbook: continuous time, new draws, beside the book."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from assessment.case.model.analyses.own_scenario import OwnScenario, draws_summary
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import CONTROL
from assessment.workbook.content.cell_values import CellValues
from assessment.workbook.content.curve_sets import settings_of
from assessment.workbook.content.workbook_inputs import input_rows


def own_scenario(values: CellValues, cohort: str) -> OwnScenario | None:
    """The run of a cohort against the control arm; None where the scenario is not possible for it."""
    of_cohort = values.of(cohort)
    changed = of_cohort.settings
    if changed is None:
        return None
    base, inputs = base_values(model_inputs(cohort)), of_cohort.inputs
    return OwnScenario(
        settings_of(cohort, changed, CONTROL),
        {name: value for name, value in inputs.items() if value != base[name]},
    )


def changes_frame(values: CellValues) -> pd.DataFrame:
    """Columns input, label, book, chosen: every cell whose value in use is not the book's."""
    in_use = values.in_use()
    rows = [
        (row.name, row.label, row.value, in_use[row.name])
        for row in input_rows()
        if in_use[row.name] != row.value
    ]
    return pd.DataFrame(rows, columns=["input", "label", "book", "chosen"])


def results_frame(values: CellValues) -> pd.DataFrame:
    """Columns cohort, result, book, this_run, difference: continuous time, expected values; the budget in
    monthly cycles, with an empty cohort.
    """
    rows = []
    for cohort in COHORTS:
        book = CellValues().of(cohort).answers("continuous")
        run = values.of(cohort).answers("continuous")
        rows += [(cohort, k, book.get(k), run.get(k)) for k in dict.fromkeys((*book, *run))]
    book, run = CellValues().budget(), values.budget()
    rows += [("", k, book[k], run.get(k)) for k in book]
    frame = pd.DataFrame(rows, columns=["cohort", "result", "book", "this_run"])
    return frame.assign(difference=frame["this_run"].astype(float) - frame["book"].astype(float))


def draws_frame(values: CellValues, draws: int) -> pd.DataFrame:
    """Columns cohort, result, unit, mean, low, high: what new draws say, against the control arm."""
    frames = []
    for cohort in COHORTS:
        scenario = own_scenario(values, cohort)
        if scenario is not None:
            summary = draws_summary(scenario.draws(draws), scenario)
            frames.append(summary.assign(cohort=cohort))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def write_run(values: CellValues, folder: Path, draws: int) -> list[Path]:
    """Writes changes, results and draws as CSV into a folder and returns the files. NoCurve where the
    printed results do not allow the run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    frames = {
        "changes": changes_frame(values),
        "results": results_frame(values),
        "draws": draws_frame(values, draws),
    }
    files = []
    for name, frame in frames.items():
        files.append(folder / f"{name}.csv")
        frame.to_csv(files[-1], index=False)
    return files
