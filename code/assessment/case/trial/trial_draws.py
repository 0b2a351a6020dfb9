"""Draws of the trial's curves, the same for every page: pictures, tables and the economic model.

Thousands of pairs of curves are calibrated to what is printed, and weighted, with the least change,
so that the curves expected over all of them pass through the printed medians and show the printed
hazard ratio (module `exponential_tilting`). A few that stand evenly for all are then chosen along
the order of the gain: a mean over a thousand random draws of a curve's tail is too coarse for a
cost per QALY.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assessment.case.trial.single_calibration import drawn_curves
from assessment.case.trial.trial import BASE_SET, COHORTS
from assessment.evidence import Fact, load_facts
from assessment.evidence.provenance.result_cache import cached_result
from assessment.survival.calibration.calibrated_curves import Calibrated
from assessment.survival.calibration.importance_sampling import resampled
from assessment.survival.calibration.pieces import joined_draws
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.calibration.prior import follow_up_at, followed
from assessment.survival.comparison.cox_limit import cox_limit
from assessment.survival.estimation.exponential_tilting import Tilted, tilted
from assessment.survival.reconstruction import FromDigitised

SEED = 48
REPLICATES, SIZE, CANDIDATES = 8, 3_000, 12_000
SHOWN = 1_200  # draws that stand for all, on pages and in the model
# By which draws are put in order: years gained over a lifetime, discounted.
ORDER_MONTHS, ORDER_RATE, ORDER_POINTS = 480.0, 0.04, 120
LARGEST_CUMULATIVE = 700.0
COX_POINTS = 160  # of the sums behind a hazard ratio
# Share of the draws that must count in effect for the printed numbers to be met exactly; where the
# limit is met instead, this part of it, so that the few draws chosen stay inside.
ENOUGH, EDGE = 0.25, 0.98


@dataclass(frozen=True, eq=False)
class TrialDraws:
    """All draws of both arms of one curve, with their weights. Times in months.

    ``parts``: {arm "t" or "c": (distribution of each family, …)}, the same draws in both arms;
    ``names``: family of each draw; ``weights``: sum 1; ``gain``: by which draws are put in order,
    discounted years of the treated less the control; ``replicate``: which calibration each came
    from; ``met``: what the expected curves show of what is printed, {name in Summaries: "exact",
    "within" the limit by themselves, or moved to the "limit"}; ``effective``: how many draws count
    in effect; ``shown``: the draws that stand for all, with the trial's own
    curves; ``summaries``, ``facts``: what was printed.
    """

    parts: dict[str, tuple]
    names: np.ndarray
    weights: np.ndarray
    gain: np.ndarray
    replicate: np.ndarray
    met: dict[str, str]
    effective: float
    shown: Calibrated | FromDigitised
    summaries: Summaries
    facts: dict[str, Fact]

    def rows(self, count: int, family: str | None = None) -> np.ndarray:
        """``count`` draws (of one family) as often as they weigh, evenly over the order of the gain;
        no more than there are of the family.
        """
        rows = np.flatnonzero(self.names == family) if family else np.arange(self.names.size)
        if not rows.size:
            return rows
        return np.repeat(
            rows,
            resampled(self.weights[rows], min(count, rows.size), self.gain[rows], 0.5),
        )


@cached_result(maxsize=16, disk=True)
def trial_draws(
    endpoint: str, group: str, analysis_set: str = BASE_SET, followup_months: str = ""
) -> TrialDraws:
    """The draws of 'pfs' or 'os' in a cohort. ``followup_months``: a follow-up assumed where no time
    is printed, as text; "" for none. ValueError when too little is printed for a curve.
    """
    several = [
        drawn_curves(
            endpoint,
            group,
            analysis_set,
            SEED + k,
            SIZE,
            CANDIDATES,
            followup_months=followup_months,
        )
        for k in range(REPLICATES)
    ]
    _first, told, facts = several[0]
    pieces = {
        arm: [
            (name, k, curve)
            for k, (draws, *_rest) in enumerate(several)
            for name, curve in draws.distributions(arm)
        ]
        for arm in "tc"
    }
    families = list(dict.fromkeys(name for name, *_rest in pieces["t"]))
    parts = {
        arm: tuple(
            joined_draws([curve for name, _k, curve in pieces[arm] if name == family])
            for family in families
        )
        for arm in "tc"
    }
    names = np.repeat(families, [part.draw_shape[0] for part in parts["t"]])
    replicate = np.concatenate(
        [
            np.full(curve.draw_shape[0], k)
            for family in families
            for name, k, curve in pieces["t"]
            if name == family
        ]
    )
    calibrated = [draws for draws, *_rest in several if isinstance(draws, Calibrated)]
    weights, met, effective = (
        _conditioned(parts, told, follow_up_months(told, group))
        if calibrated
        else (np.full(names.size, 1 / names.size), {}, float(names.size))
    )
    made = TrialDraws(
        parts,
        names,
        weights,
        np.concatenate([_gain(t, c) for t, c in zip(parts["t"], parts["c"])]),
        replicate,
        met,
        effective,
        several[0][0],
        told,
        facts,
    )
    if not calibrated:
        return made
    shown = Calibrated.together(calibrated).chosen(made.rows(SHOWN))
    return replace(made, shown=replace(shown, effective=effective))


def _conditioned(
    parts: dict[str, tuple], told: Summaries, follow: float
) -> tuple[np.ndarray, dict[str, str], float]:
    """(weights of the draws, ``met``, effective number of draws).

    Exactly what is printed, both medians and the hazard ratio, where ENOUGH of the draws count in
    effect then. Otherwise the numbers pull against each other: then the hazard ratio exactly, and
    each median no further from the printed one than the limit.
    """
    printed_ratio = [_log_ratio(parts, told, follow)] if told.hr else []
    log_ratio = [float(np.log(told.hr))] if told.hr else []
    medians = {
        f"median_{arm}": float(median)
        for arm in "tc"
        if (median := told.get("median", arm)) is not None and np.isfinite(median)
    }
    size = sum(part.draw_shape[0] for part in parts["t"])

    def under(at: dict[str, float]) -> Tilted | None:
        """Weights under which the expected curves reach one half at these times."""
        curves = [_survival(parts[name[-1]], np.array([time]))[:, 0] for name, time in at.items()]
        features = [*curves, *printed_ratio]
        if not features:
            return None
        means = [0.5] * len(curves) + log_ratio
        try:
            return tilted(np.stack(features, axis=1), means)
        except ValueError:
            return None

    exact = under(medians)
    if exact is not None and exact.effective >= ENOUGH * size:
        met = dict.fromkeys([*medians, *(["hr"] if told.hr else [])], "exact")
        return exact.weights, met, exact.effective
    limit, held = EDGE * median_limit(), dict[str, float]()
    for _median in range(len(medians) + 1):
        found = under(held)
        weights = np.full(size, 1 / size) if found is None else found.weights
        beyond = {
            name: edge
            for name, time in medians.items()
            if name not in held
            if (edge := _edge_passed(parts[name[-1]], weights, time, limit)) is not None
        }
        if not beyond:
            break
        held |= beyond
    met = {name: "limit" if name in held else "within" for name in medians}
    if found is None:
        return weights, {}, float(size)
    return weights, met | ({"hr": "exact"} if told.hr else {}), found.effective


def median_limit() -> float:
    """By what share of it the median of an expected curve may leave the printed one at most."""
    return load_facts()["economics.curves.median_limit"].number / 100


def _edge_passed(parts: tuple, weights: np.ndarray, median: float, limit: float) -> float | None:
    """The edge of the limit beyond which the expected curve reaches one half; None if within."""
    edges = median * np.array([1 - limit, 1 + limit])
    early, late = weights @ _survival(parts, edges)
    return float(edges[0]) if early < 0.5 else float(edges[1]) if late > 0.5 else None


def follow_up_months(told: Summaries, group: str) -> float:
    """Median follow-up, months: as printed, else as assumed for the cohort, else as long as the
    longer printed median.
    """
    if told.followup_median:
        return float(told.followup_median)
    assumed = load_facts().select(
        subject="dilution", measure="os_assumed", population=COHORTS[group]
    )
    medians = [m for m in (told.median_t, told.median_c) if m and np.isfinite(m)]
    return float(next((fact.number for fact in assumed), max(medians, default=np.nan)))


def _log_ratio(parts: dict[str, tuple], told: Summaries, follow: float) -> np.ndarray:
    """Log hazard ratio that a large trial with this median follow-up would print, for each draw."""
    course = follow_up_at(np.array([follow]), np.zeros((1, 3)))
    t = 2 * follow * np.linspace(0, 1, COX_POINTS) ** 1.5
    share = told.n_t / (told.n_t + told.n_c) if told.n_t and told.n_c else 0.5
    return np.concatenate(
        [
            cox_limit(
                np.minimum(treated.cumulative_hazard(t), LARGEST_CUMULATIVE),
                np.minimum(control.cumulative_hazard(t), LARGEST_CUMULATIVE),
                followed(t, course)[0],
                share,
            )
            for treated, control in zip(parts["t"], parts["c"])
        ]
    )


def _survival(parts: tuple, t: np.ndarray) -> np.ndarray:
    return np.concatenate([part.survival(t) for part in parts])


def _gain(treated, control) -> np.ndarray:
    t = ORDER_MONTHS * np.linspace(0, 1, ORDER_POINTS) ** 1.5
    factor = (1 + ORDER_RATE) ** (-t / 12)
    return np.trapezoid((treated.survival(t) - control.survival(t)) * factor, t / 12, axis=1)
