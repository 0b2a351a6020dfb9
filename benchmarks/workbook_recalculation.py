"""Random input sets typed into the workbook, recomputed by LibreOffice, against Python in monthly cycles.

``python benchmarks/workbook_recalculation.py [SETS]``: the worst relative difference of each kind of result,
and what monthly cycles differ from continuous time at the base case.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.workbook.content.cell_values import CellValues
from assessment.workbook.recalculation.random_inputs import (
    cells_of,
    differences,
    expected,
    random_values,
    shown_when_typed,
)
from assessment.workbook.sheets.workbook_layout import file_name, write_workbook

SETS = 50


def main(sets: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = write_workbook(folder / file_name(), "benchmark")
        drawn = [random_values(seed) for seed in range(1, sets + 1)]
        typed = [cells_of(values) for values in drawn]
        worst: dict[str, float] = defaultdict(float)
        count = 0
        for values, sheet in zip(drawn, shown_when_typed(book, folder, typed), strict=True):
            for output, apart in differences(sheet, expected(values)).items():
                kind = "_".join(output.split("_")[:2])
                worst[kind] = max(worst[kind], apart)
                count += 1
    print(f"{sets} sets, {count} results; worst relative difference by kind:")
    for kind, apart in sorted(worst.items()):
        print(f"  {kind:24s} {apart:.1e}")
    print("monthly cycles less continuous time, base case, relative:")
    for cohort in COHORTS:
        monthly, exact = (
            CellValues().of(cohort).answers(grid) for grid in ("monthly", "continuous")
        )
        for output in exact:
            if output.startswith(("qalys_", "cost_", "life_years_", "added", "icer")):
                print(f"  {cohort} {output:32s} {monthly[output] / exact[output] - 1:+.2e}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SETS)
