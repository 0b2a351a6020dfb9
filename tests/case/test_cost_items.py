"""Cost items as rows: strict reading, groups that leave nothing out, and a cost added by a row alone
in every result.
"""

import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest

from assessment.case.model.costs.cost_row_checks import checked_rows
from assessment.case.model.costs.cost_rows import (
    cost_by_group,
    cost_groups,
    cost_rows,
    rows_of_role,
)
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import ROLES, Settings
from assessment.evidence import ROOT, DataError
from assessment.evidence.cells.formulas import value
from assessment.pages.economics.shared import cost_groups as charts

FEW = 40  # draws of the curves where the number does not matter


@pytest.mark.parametrize("cohort", COHORTS)
@pytest.mark.parametrize("changed", [{}, {"crossover_paid": True}, {"comparator": "everolimus"}])
def test_groups_divide_the_items_and_leave_none_out(cohort, changed):
    results = run_model(settings=Settings(cohort, curve_draws=FEW, **changed))
    for strategy in results.strategies.values():
        totals = charts.grouped(strategy.outcomes.cost_by_item)
        assert list(totals) == list(cost_groups())
        assert sum(totals.values()) == pytest.approx(float(strategy.cost), rel=1e-12)
    bars = {name for row in cost_rows() for name in [row.group]}
    assert bars == set(cost_groups()) == set(charts.group_words())
    with pytest.raises(KeyError, match="bribes"):
        cost_by_group({"bribes": 1.0})


def test_a_group_without_words_is_named(monkeypatch):
    monkeypatch.delitem(charts.GROUPS, "care")
    with pytest.raises(DataError, match=r"found 'care'.*charts have words"):
        charts.group_words()


def test_every_row_is_used_by_some_arm_under_some_settings():
    settings = [Settings(), Settings(background_therapy_until="progression", crossover_paid=True)]
    used = {row.id for s in settings for role in ROLES for row in rows_of_role(role, s)}
    assert used == {row.id for row in cost_rows()}


def test_formulas_for_the_browser_hold_nothing_but_names_of_inputs_and_numbers():
    known = base_values(model_inputs("epnet")) | {"crossover_packs": 1.0}
    for role in ROLES:
        for row in rows_of_role(role, Settings()):
            for tree in (row.resource_use, row.unit_cost_nok):
                assert np.isfinite(value(tree, known.__getitem__)), row.id


@pytest.mark.parametrize(
    "row, cells, says",
    [
        (
            "scans",
            {"unit_cost_nok": "scan_nk"},
            ["row 4", "'unit_cost_nok'", "'scan_nk'", "scan_nok"],
        ),
        (
            "scans",
            {"resource_use": "1 / scan_interval"},
            ["scan_interval_weeks", "correct the name"],
        ),
        (
            "scans",
            {"resource_use": "scan_nok ** 2"},
            ["row 4", "not arithmetic", "correct the formula"],
        ),
        (
            "scans",
            {"group": "scans"},
            ["row 4", "field 'group'", "background_therapy", "datapackage.json"],
        ),
        ("scans", {"when": "sometimes"}, ["row 4", "field 'when'", "leaving progression-free"]),
        ("scans", {"only_if": "crossover_payd = yes"}, ["'only_if'", "crossover_paid"]),
        ("scans", {"only_if": "crossover_paid = perhaps"}, ["yes or no"]),
        ("scans", {"only_if": "treatment_ends = never"}, ["progression or side effects"]),
        ("scans", {"only_if": "horizon_years = 5"}, ["a setting of the model, one of"]),
        ("scans", {"label": "scans of {what}"}, ["no place but {drug}"]),
        ("drug", {"unit_cost_nok": "price_per_pack_nok * 2"}, ["price_per_pack_nok alone"]),
        ("scans", {"resource_use": "price_per_pack_nok"}, ["price_per_pack_nok alone"]),
        ("drug", {"when": "alive"}, ["on treatment or start"]),
        ("packs_not_finished", {"taxed": "no"}, ["the same for every row", "row 16"]),
    ],
)
def test_a_faulty_row_is_named_with_what_is_allowed(scratch, row, cells, says):
    scratch.set("cost_items.csv", row, **cells)
    with pytest.raises(DataError) as fault:
        checked_rows(scratch.data)
    for text in ("data/cost_items.csv", "Next step", *says):
        assert text in str(fault.value), text


def test_an_input_of_zero_that_a_row_divides_by_is_named():
    row = next(row for row in cost_rows() if row.id == "scans")
    for zero in (0.0, np.zeros(3)):
        with pytest.raises(ValueError, match="'scans', field 'resource_use': no finite value"):
            row.amount_nok({"weeks_per_year": 52.0, "scan_interval_weeks": zero}.__getitem__)


# What the parts that show or use costs say, in expected values and in draws; run on a copy of the
# project, since data are read from where the code lies.
RESULTS = """
import json
import numpy as np
from assessment.case.trial import trial_draws
# fewer draws of the curves than the book has: it is the difference that counts
trial_draws.REPLICATES, trial_draws.SIZE, trial_draws.CANDIDATES = 2, 150, 1_500
from assessment.case.model import decision_runs, runs
from assessment.case.model.analyses import adoption_budget
from assessment.case.model.analyses.explorer_closed_form import closed_form, cost_formulas
from assessment.case.model.analyses.explorer_integrals import budget_inputs, integrals
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import Settings
runs.adoption_budget.__defaults__ = (60, *runs.adoption_budget.__defaults__[1:])
from assessment.pages.economics import budget_figures
from assessment.pages.economics.base_case.qaly_and_cost_bars import cost_figure

found = {"formulas": cost_formulas()}
for cohort in COHORTS:
    settings, inputs = Settings(cohort, curve_draws=60), base_values(model_inputs(cohort))
    adoption = budget_inputs(cohort)
    closed = closed_form(integrals(settings), inputs, adoption, 605_000.0)
    results = run_model(inputs, settings)
    drawn = run_model({n: np.full(2, v) for n, v in inputs.items()}, settings, np.array([3, 40]))
    found[cohort] = {
        "costs": {n: float(s.cost) for n, s in results.strategies.items()},
        "drawn": drawn.increment.cost.tolist(),
        "items": sorted(results.treated.outcomes.cost_by_item),
        "packs": float(results.packs_bought),
        "price": float(results.price_at(605_000.0).price),
        "closed_cost": closed["cost"],
        "closed_care": closed["items"]["treated"]["care"],
        "closed_budget": closed["budget"],
        "starting": [adoption["patients"] * share for share in adoption["uptake"]],
    }
budget = decision_runs.budgets()["base"]
found["budget"] = {
    "net": budget.net.tolist(),
    "started": budget.started.tolist(),
    "table": budget_figures.budget_table().frame.iloc[:, :2].values.tolist(),
}
found["chart"] = cost_figure().table.set_index("Million NOK").loc[charts_care].tolist()
print(json.dumps(found))
""".replace("charts_care", repr(charts.GROUPS["care"]))


def results_of(root):
    """What the project in ``root`` computes with the data there."""
    # nothing of this project's installation may be found instead
    environment = {**os.environ, "PYTHONPATH": str(root / "code")}
    out = subprocess.run(
        [sys.executable, "-c", RESULTS], env=environment, cwd=root, capture_output=True, text=True
    )
    assert out.returncode == 0, out.stderr[-3000:]
    return json.loads(out.stdout.splitlines()[-1])


def copied(root):
    for name in ("code/assessment", "data", "references"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def append(path, text):
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.long
def test_a_cost_added_by_a_row_is_in_every_result(tmp_path):
    root = copied(tmp_path)
    before = results_of(root)
    append(
        root / "data/facts/economics.csv",
        "economics.cost.genetic_test.amount,Genetic test,economics,Norway,,cost,amount,,"
        "not_applicable,,5000,,,,nok,,,,,assumption,2026-11-22,Made up for a test.\n",
    )
    append(
        root / "data/model_inputs.csv",
        "genetic_test,genetic_test_nok,both,costs,Genetic test,economics.cost.genetic_test.amount,"
        ",fixed,,,,,2024,cost at start,assumption,Small.\n",
    )
    append(
        root / "data/cost_items.csv",
        "genetic_test,genetic test,care,treated,start,1,genetic_test_nok,no,health service,\n",
    )
    after = results_of(root)
    tests = [row for row in after["formulas"]["treated"] if row["unit"] == "genetic_test_nok"]
    assert len(tests) == 1 and after["formulas"]["control"] == before["formulas"]["control"]
    for cohort in COHORTS:
        old, new = before[cohort], after[cohort]
        assert set(new["items"]) - set(old["items"]) == {"genetic_test"}
        assert new["costs"]["cabozantinib"] - old["costs"]["cabozantinib"] == pytest.approx(5_000)
        assert new["costs"]["placebo"] == old["costs"]["placebo"]
        assert np.subtract(new["drawn"], old["drawn"]) == pytest.approx([5_000, 5_000])
        # the price that meets a value falls by what the test costs, shared by the packs
        assert old["price"] - new["price"] == pytest.approx(5_000 / old["packs"], rel=1e-6)
        assert new["closed_cost"] - old["closed_cost"] == pytest.approx(5_000)
        assert new["closed_care"] - old["closed_care"] == pytest.approx(5_000)
        rise = np.subtract(new["closed_budget"], old["closed_budget"])
        # every patient who starts is tested once, in the year of starting
        assert rise == pytest.approx([5_000 * n for n in old["starting"]], rel=1e-6)
    rise = np.subtract(after["budget"]["net"], before["budget"]["net"])
    assert rise == pytest.approx([5_000 * n for n in before["budget"]["started"]], rel=1e-9)
    assert "genetic test" in [row[0] for row in after["budget"]["table"]]
    assert "genetic test" not in [row[0] for row in before["budget"]["table"]]
    # columns: treated, control of each cohort, then the difference of each; in million NOK
    rise = np.subtract(after["chart"], before["chart"])
    assert rise == pytest.approx([0.005, 0, 0.005, 0, 0.005, 0.005], abs=0.0011)
