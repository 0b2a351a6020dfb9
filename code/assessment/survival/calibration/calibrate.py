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

import numpy as np
from scipy import special
from scipy.special import logsumexp

from assessment.survival.calibration.calibrated_curves import Calibrated, resampled
from assessment.survival.calibration.conditioned_curves import chosen_pairs, conditioned_on_print
from assessment.survival.calibration.importance_sampling import Proposals
from assessment.survival.calibration.likelihood import (
    INTERVALS,
)
from assessment.survival.calibration.pair_coordinates import DIMENSIONS, arms_of
from assessment.survival.calibration.pair_weights import Report, weigh_pairs
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.calibration.prior import FAMILIES

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
    report = Report(s, arms_of(s), log_hr_slack, median_interval, visits)
    search = {f: Proposals(DIMENSIONS) for f in FAMILIES}
    batches = {f: [] for f in FAMILIES}
    share = dict.fromkeys(FAMILIES, 1 / len(FAMILIES))
    for part in (*BATCHES, *BATCHES[-1:] * FURTHER):
        for f in FAMILIES:
            z = search[f].draw(
                part * candidates * (EVENLY / len(FAMILIES) + (1 - EVENLY) * share[f]), rng
            )
            batches[f].append(weigh_pairs(f, report, z, rng))
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
    piece = conditioned_on_print if trial else chosen_pairs
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
