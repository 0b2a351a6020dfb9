"""T04, T08–T11, T41: who is in which state."""

from __future__ import annotations

import numpy as np

from assessment.economics.verification.black_box.common_steps import TOLERANCE, monthly_runs
from assessment.economics.verification.framework.findings import holds
from assessment.economics.verification.framework.registry import TECH_VER, verification_test


def _broken(run) -> dict[str, np.ndarray]:
    """Per draw, by how much occupancy breaks each rule (0 or below: kept)."""
    at = run.occupancy
    pf, alive = np.atleast_2d(at.progression_free), np.atleast_2d(at.alive)
    treated = pf if at.on_treatment is None else np.atleast_2d(at.on_treatment)
    states = np.stack(np.broadcast_arrays(pf, alive - pf, 1 - alive))
    return {
        "above OS": np.maximum(pf - alive, treated - alive).max(axis=-1),
        "sum": np.abs(states.sum(axis=0) - 1).max(axis=-1),
        "negative": -states.min(axis=(0, -1)),
        "above 1": states.max(axis=(0, -1)) - 1,
        "dead falls": np.diff(alive, axis=-1).max(axis=-1),
    }


def _rule(key, words):
    def check(case):
        worst = {
            strategy: float(_broken(run)[key].max()) for strategy, run in monthly_runs(case).items()
        }
        return [
            holds(f"{strategy}, every month: {words}", max(w, 0.0), "0", w <= TOLERANCE)
            for strategy, w in worst.items()
        ]

    return check


verification_test(
    "T04", "Time without progression and time on treatment are never above survival", TECH_VER
)(_rule("above OS", "largest excess over survival"))


verification_test("T08", "The states add up to the whole cohort at every time", TECH_VER)(
    _rule("sum", "largest difference of the sum from 1")
)


verification_test("T09", "No state holds fewer than none", TECH_VER)(
    _rule("negative", "furthest below 0")
)


verification_test("T10", "No state holds more than all", TECH_VER)(
    _rule("above 1", "furthest above 1")
)


verification_test("T11", "The dead stay dead", TECH_VER)(
    _rule("dead falls", "largest rise of the living")
)


@verification_test("T41", "No draw breaks T04 or T08 to T11", TECH_VER)
def every_draw(case):
    """Draws on monthly cycles that break a rule of occupancy by more than TOLERANCE."""
    drawn, _ = case.psa
    findings = []
    for strategy, run in case.remember(
        "psa monthly", lambda: case.run_all(drawn, grid="monthly")
    ).items():
        broken = _broken(run)
        count = int(np.sum(np.any([v > TOLERANCE for v in broken.values()], axis=0)))
        crossed = int(np.sum(run.occupancy.crossed))
        findings.append(
            holds(
                f"{strategy}: draws out of {case.draws} that break a rule (PFS capped at OS in {crossed})",
                str(count),
                "0",
                count == 0,
            )
        )
    return findings
