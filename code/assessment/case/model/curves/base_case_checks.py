"""What curves must show before a base case stands on them: the printed medians, within a stated limit,
and progression-free survival that is hardly ever above survival.
"""

from __future__ import annotations

import numpy as np

from assessment.case.model.curves.paired_draws import selected_draws
from assessment.case.model.curves.strategy_occupancy import (
    before_cap,
    expected_occupancy,
    frame_of,
)
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings
from assessment.case.trial.trial import load_trial
from assessment.case.trial.trial_draws import median_limit
from assessment.case.trial.trial_summaries import printed, summaries
from assessment.economics.time.time_units import MONTHS_PER_YEAR

# Share of the gain in time without progression that the cap may take at most.
LARGEST_CAP = 0.01
ARMS = {TREATED: "t", CONTROL: "c"}


def printed_medians(settings: Settings, endpoint: str) -> dict[str, float]:
    """{arm: printed median, months}, of the arms that have one."""
    view = load_trial(settings.analysis_set)
    told = summaries(printed(view, endpoint, settings.cohort))
    found = {arm: told.get("median", code) for arm, code in ARMS.items()}
    return {arm: m for arm, m in found.items() if m is not None and np.isfinite(m)}


def model_median(settings: Settings, endpoint: str, arm: str) -> float:
    """Month at which the curve expected over all draws, as the model uses it, reaches one half."""
    table = expected_occupancy(settings)
    at = table.expected(arm)
    curve = at.alive if endpoint == "os" else at.progression_free
    times = np.append(0.0, table.grid.times_years)
    return float(MONTHS_PER_YEAR * np.interp(-0.5, -np.append(1.0, curve), times))


def capped_share(settings: Settings) -> float:
    """Share of the gain in discounted time without progression that the cap at survival takes."""
    table, frame = expected_occupancy(settings), frame_of(settings)
    curves, years = selected_draws("pfs", settings)[0], table.grid.weights(settings.rates())
    before = {
        arm: float(before_cap(curves[code], frame).mean(axis=0) @ years)
        for arm, code in ARMS.items()
    }
    after = {arm: float(table.expected(arm).progression_free @ years) for arm in ARMS}
    gain = before[TREATED] - before[CONTROL]
    return 1 - (after[TREATED] - after[CONTROL]) / gain


def check_base_case(settings: Settings) -> None:
    """ValueError where the curves are not fit for a base case, with what is off and what to do."""
    limit = median_limit()
    for endpoint in ("pfs", "os"):
        for arm, median in printed_medians(settings, endpoint).items():
            ours = model_median(settings, endpoint, arm)
            if abs(ours / median - 1) > limit:
                raise ValueError(
                    f"{settings.cohort}, {endpoint} on {arm}: the model's median is {ours:.1f}"
                    f" months, the printed one {median:g}, further apart than"
                    f" {limit:.0%} (economics.curves.median_limit). Such curves are a scenario, not"
                    " a base case."
                )
    share = capped_share(settings)
    if abs(share) > LARGEST_CAP:
        raise ValueError(
            f"{settings.cohort}: capping progression at survival takes {share:.1%} of the gain"
            f" without progression, more than {LARGEST_CAP:.0%}. Pair the draws of both curves so"
            " that they cross less (paired_draws)."
        )
