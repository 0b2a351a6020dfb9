"""Joint distribution of two survival curves from what a report prints.

The model. A pair of smooth curves (module `calibration_prior`) is the truth in the population; the
trial's Kaplan–Meier curve scatters around it with Greenwood's variance, increments independent.
Printed numbers are read off the trial's own curve:

- median: the curve is at 1/2 there;
- limits of the median (Brookmeyer & Crowley 1982): the times at which the curve's confidence limit
  is at 1/2, so two more points of the curve, half a Greenwood interval above and below 1/2
  (log-log, log or plain interval: all three are tried and weighted);
- hazard ratio: the Cox estimate as weighted ratio of the trial's hazard increments; the width of
  its interval: the number of events;
- events and follow-up: where the curve ends and how many are at risk along it;
- all times: a time is printed where the curve meets a level, so its density is the curve's at that
  time, times how steeply it falls there, and skewed as times to the next events are
  (`Candidates.expected`);
- all of them: read off a curve that falls at visits, where events are seen only then (module
  `visits`).

Given a pair (module `candidates`), all of them are (nearly) linear in the scatter (module
`readings`), so their joint density and the trial's curve given them are Gaussian in closed form.
Pairs drawn from the prior are weighted by that density: the result averages over families, shapes
and arms' differences.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special
from scipy.special import logsumexp

from assessment.survival.calibration.calibrated_curves import Calibrated, resampled, rising
from assessment.survival.calibration.candidate_pairs import DIMENSIONS, arms_of, candidates_at
from assessment.survival.calibration.importance_sampling import Proposals
from assessment.survival.calibration.likelihood import (
    INTERVALS,
    curve_rows,
    event_rows,
    hazard_ratio_rows,
    place_on,
    times_read,
)
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.calibration.prior import FAMILIES, FAMILY_WEIGHT, followed

LOG_HR_SLACK = 0.003
# Shares of the candidates in each batch: the first from the prior, the next from what the ones
# before have learned.
BATCHES = (0.15, 0.15, 0.15, 0.15, 0.4)
# Batches like the last that follow, at most, until this many pairs count in effect: where printed
# numbers pull against each other.
FURTHER, ENOUGH = 4, 300
# Of the last batch, the part divided evenly over the families; the rest goes by their weight so
# far.
EVENLY = 0.3
# Coordinates are standard normal before the data, which has nothing beyond this.
FURTHEST = 6.0


def calibrate(
    summaries,
    rng,
    size=2000,
    candidates=12_000,
    log_hr_slack=LOG_HR_SLACK,
    median_interval=None,
    trial=True,
    visits=None,
):
    """Curves of both arms that agree with the printed summaries.

    summaries: Summaries, or a mapping with its names. rng: numpy Generator. size: draws returned.
    candidates: pairs weighed, over all families, about. log_hr_slack: standard deviation by which
    the printed hazard ratio may differ from an unstratified one (log scale; 0.003, more if
    stratified). median_interval: how the limits of the medians were computed, "log-log" (SAS,
    lifelines), "log" (R) or "plain"; None: not known, all three are weighed (`readings.INTERVALS`).
    trial: False leaves out the trial's own curves, a third of the work, where only those of the
    population are wanted. visits: time between the visits at which events are seen (scans), 0 where
    they are seen as they happen (deaths); None: not known, both are weighed (module `visits`).
    Returns a Calibrated. Raises ValueError when too little is printed or visits is negative.
    """
    s = summaries if isinstance(summaries, Summaries) else Summaries(**dict(summaries))
    if median_interval not in (None, *INTERVALS):
        raise ValueError(
            f"median_interval {median_interval!r}: use {', '.join(INTERVALS)} or None."
        )
    if visits is not None and not 0 <= visits < np.inf:
        raise ValueError(
            f"visits {visits!r}: use the time between two visits, 0 where events are seen as they"
            " happen, or None."
        )
    report = _Report(s, arms_of(s), log_hr_slack, median_interval, visits)
    search = {f: Proposals(DIMENSIONS) for f in FAMILIES}
    batches = {f: [] for f in FAMILIES}
    share = dict.fromkeys(FAMILIES, 1 / len(FAMILIES))
    for part in (*BATCHES, *BATCHES[-1:] * FURTHER):
        for f in FAMILIES:
            z = search[f].draw(
                part * candidates * (EVENLY / len(FAMILIES) + (1 - EVENLY) * share[f]), rng
            )
            batches[f].append(_weigh(f, report, z, rng))
        log_weight = {f: _log_weights(search[f], batches[f]) for f in FAMILIES}
        weight = np.exp(
            np.concatenate(list(log_weight.values()))
            - logsumexp(np.concatenate(list(log_weight.values())))
        )
        share = dict(
            zip(
                FAMILIES,
                map(
                    np.sum, np.split(weight, np.cumsum([w.size for w in log_weight.values()])[:-1])
                ),
            )
        )
        effective = float(1 / np.sum(weight**2))
        if len(batches[f]) >= len(BATCHES) and effective >= ENOUGH:
            break
        for f in FAMILIES:
            search[f].learn(np.concatenate([b["z"] for b in batches[f]]), log_weight[f])
    flat = [(f, b) for f in FAMILIES for b in batches[f]]
    chosen = np.split(
        resampled(weight, size, np.concatenate([b["advantage"] for _, b in flat]), rng.random()),
        np.cumsum([len(b["z"]) for _, b in flat])[:-1],
    )
    piece = _condition if trial else _chosen
    pieces = [
        piece(f, b, np.repeat(np.arange(count.size), count), rng)
        for (f, b), count in zip(flat, chosen)
        if count.any()
    ]
    return Calibrated.join(
        s,
        pieces,
        {f: float(w) for f, w in share.items()},
        effective,
        s.contradictions() + _misfit(flat),
    )


def _log_weights(search, batches):
    """Log weights of all batches' pairs of a family, as if drawn from the prior; their sum is the
    family's weight.
    """
    z = np.concatenate([b["z"] for b in batches])
    return (
        np.concatenate([b["log_weight"] for b in batches]) + search.log_weight(z) - np.log(len(z))
    )


@dataclass(frozen=True, eq=False)
class _Report:
    """What is printed and what is known of how: `calibrate`'s arguments, with arms from `arms_of`."""

    summaries: Summaries
    arms: dict
    log_hr_slack: float
    median_interval: str | None
    visits: float | None


def _weigh(family, report, drawn, rng):
    """The pairs at coordinates drawn (size, 12): every printed number linear in the scatter, and
    their log weights against the prior.
    """
    s = report.summaries
    pair = candidates_at(family, s, report.arms, np.clip(drawn, -FURTHEST, FURTHEST), report.visits)
    size, rows = len(drawn), []
    log_weight = pair.log_prior + np.log(FAMILY_WEIGHT[family])
    # One program made both intervals.
    if report.median_interval is None:
        kind = rng.choice(len(INTERVALS), size, p=list(INTERVALS.values()))
    else:
        kind = np.full(size, list(INTERVALS).index(report.median_interval))
    trial = {a: pair.expected(a, kind) for a in "tc"}
    for a in "tc":
        read, log_density = _times(s, a, pair, trial[a])
        rows, log_weight = rows + read, log_weight + log_density
    rows += hazard_ratio_rows(s, trial, report.log_hr_slack)
    rows += event_rows(s, pair.patients, trial, followed(pair.t, pair.follow_up))
    found = _linear(rows, np.concatenate([trial[a].variance for a in "tc"], 1))
    log_weight += -0.5 * found["distance"] - np.log(
        np.diagonal(found.pop("factor"), axis1=1, axis2=2)
    ).sum(1)
    return found | {
        "z": drawn,
        "pair": pair,
        "advantage": pair.log_median["t"] - pair.log_median["c"],
        "log_weight": log_weight,
    }


def _times(s, arm, pair, trial):
    """An arm's printed times: their rows, and what else they add to the log density (size,)."""
    log_density = trial.log_skewness
    if s.get("median", arm) == np.inf:
        # Not reached: the trial's curve was still above 1/2 near the end of follow-up.
        log_density = log_density + special.log_ndtr((pair.last(arm) - 0.5) / 0.06)
    read = times_read(pair.marks[arm])
    if not read:
        return [], log_density
    times = np.array([x for _, x in read])
    steepness = pair.curves[arm].hazard(times)
    # A printed time is where the curve meets a level: its density is the curve's there, times how
    # steeply it falls.
    slope = np.log(np.maximum(steepness * times, 1e-9)).sum(1)
    # Somebody was at risk at the last printed time; none are with probability exp(-expected).
    anybody = np.log(-np.expm1(-np.maximum(trial.left[:, place_on(pair.t, times.max())], 1e-9)))
    rows = curve_rows(arm, pair.t, read, trial, pair.interval[:, None] * steepness)
    return rows, log_density + slope + anybody


def _linear(rows, spread):
    """Printed numbers as Gaussian in the scatter of both arms' increments, of variance ``spread``
    (size, 2k): what `_condition` needs, the factor of their covariance, and their squared distance
    from what is expected (size,).
    """
    size, k = len(spread), spread.shape[1] // 2
    residual, slack, effect = (
        np.zeros((size, len(rows))),
        np.zeros((size, len(rows))),
        np.zeros((size, len(rows), 2 * k)),
    )
    for i, (_, off, beyond, on_t, on_c) in enumerate(rows):
        residual[:, i], slack[:, i] = off, beyond
        effect[:, i, :k] = 0 if on_t is None else on_t
        effect[:, i, k:] = 0 if on_c is None else on_c
    cov = np.einsum("nik,nk,njk->nij", effect, spread, effect, optimize=True)
    cov[:, np.arange(len(rows)), np.arange(len(rows))] += slack**2
    factor = np.linalg.cholesky(cov)
    standard = np.linalg.solve(factor, residual[..., None])[..., 0]
    return {
        "names": [r[0] for r in rows],
        "residual": residual,
        "slack": slack,
        "effect": effect,
        "spread": spread,
        "cov": cov,
        "factor": factor,
        "distance": np.sum(standard**2, 1),
    }


def _condition(family, part, index, rng):
    """Trial curves given the printed numbers, for chosen pairs (Matheron's rule)."""
    spread, effect, slack = part["spread"][index], part["effect"][index], part["slack"][index]
    noise = rng.standard_normal(spread.shape) * np.sqrt(spread)
    seen = np.einsum("nik,nk->ni", effect, noise) + rng.standard_normal(slack.shape) * slack
    gain = np.linalg.solve(part["cov"][index], (part["residual"][index] - seen)[..., None])[..., 0]
    noise = noise + spread * np.einsum("nik,ni->nk", effect, gain)
    pair, found, scatter = part["pair"], _chosen(family, part, index, rng), {}
    t, k = pair.t, pair.t.size
    for a, own in (("t", slice(None, k)), ("c", slice(k, None))):
        smooth = np.minimum(found["curves"][a].cumulative_hazard(t), 300.0)
        scatter[a] = (
            rising(smooth + np.cumsum(noise[:, own], 1), np.cumsum(spread[:, own], 1)) - smooth
        )
    return found | {
        "t": t,
        "scatter": scatter,
        "patients": {a: n[index, 0] for a, n in pair.patients.items()},
        "follow_up": {name: v[index] for name, v in pair.follow_up.items()},
    }


def _chosen(family, part, index, rng):
    """Chosen pairs without the trial's own curves."""
    return {"family": family, "curves": {a: c.draw(index) for a, c in part["pair"].curves.items()}}


def _misfit(batches):
    """Families under which no pair of curves meets the printed numbers, with the number furthest
    off.
    """
    found = []
    for family in FAMILIES:
        part = min((b for f, b in batches if f == family), key=lambda b: b["distance"].min())
        i, m = int(np.argmin(part["distance"])), part["residual"].shape[1]
        # Four parameters (two medians, two shapes) are free.
        if m > 4 and special.chdtrc(m - 4, part["distance"][i]) < 0.01:
            z = part["residual"][i] / np.sqrt(np.diagonal(part["cov"][i]))
            worst = int(np.argmax(np.abs(z)))
            found.append(
                f"{family}: no pair of curves meets all printed numbers; furthest off is the"
                f" {part['names'][worst]} ({z[worst]:+.1f} s.d.)."
            )
    return found
