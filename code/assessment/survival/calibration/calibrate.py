"""Joint distribution of two survival curves from what a report prints.

The model. A pair of smooth curves (module `prior`) is the truth in the population; the
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
  (`CandidatePairs.expected`);
- all of them: read off a curve that falls at visits, where events are seen only then (module
  `visit_schedule`).

Given a pair (modules `pair_coordinates` and `candidate_pairs`), all of them are (nearly) linear in
the scatter (module `likelihood`), so their joint density (module `pair_weights`) and the trial's
curve given them (module `conditioned_curves`) are Gaussian in closed form. Pairs drawn from the
prior are weighted by that density: the result averages over families, shapes and arms' differences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import numpy as np
from scipy import special
from scipy.special import logsumexp

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import MOST, ONE_LOOSE, shown
from assessment.evidence.arguments.object_arguments import choice, generator, optional, truth
from assessment.evidence.arguments.told_to_users import told_to_user
from assessment.survival.calibration.calibrated_curves import Calibrated
from assessment.survival.calibration.conditioned_curves import chosen_pairs, conditioned_on_print
from assessment.survival.calibration.importance_sampling import ImportanceSampler, resampled
from assessment.survival.calibration.likelihood import INTERVALS
from assessment.survival.calibration.pair_coordinates import DIMENSIONS, arms_of
from assessment.survival.calibration.pair_weights import Report, WeighedPairs, weigh_pairs
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.distributions.families import CANDIDATE_FAMILIES

LOG_HR_SLACK = 0.003
FEWEST_CANDIDATES = 100
# Shares of the candidates in each batch: the first from the prior, the next from what the ones
# before have learned.
BATCHES = (0.15, 0.15, 0.15, 0.15, 0.4)
# Batches like the last that follow, at most, until this many pairs count in effect: where printed
# numbers pull against each other.
FURTHER, ENOUGH = 4, 300
# Of the last batch, the part divided evenly over the families; the rest goes by their weight so
# far.
EVENLY = 0.3


@taking(
    rng=generator,
    size=ONE_LOOSE,
    candidates=ONE_LOOSE,
    log_hr_slack=ONE_LOOSE,
    trial=truth,
    visits=optional(ONE_LOOSE),
)
def calibrate(
    summaries: Summaries | Mapping[str, float | None],
    rng: np.random.Generator,
    size: int = 2000,
    candidates: float = 12_000,
    log_hr_slack: float = LOG_HR_SLACK,
    median_interval: str | None = None,
    trial: bool = True,
    visits: float | None = None,
) -> Calibrated:
    """Curves of both arms that agree with the printed summaries.

    summaries: Summaries, or a mapping with its names. rng: numpy Generator. size: draws returned.
    candidates: pairs weighed, over all families, about. log_hr_slack: standard deviation by which
    the printed hazard ratio may differ from an unstratified one (log scale; 0.003, more if
    stratified). median_interval: how the limits of the medians were computed, "log-log" (SAS,
    lifelines), "log" (R) or "plain"; None: not known, all three are weighed
    (`likelihood.INTERVALS`). trial: False leaves out the trial's own curves, a third of the work,
    where only those of the population are wanted. visits: time between the visits at which events
    are seen (scans), in the summaries' unit of time, 0 where they are seen as they happen (deaths);
    None: not known, both are weighed (module `visit_schedule`).
    Returns a Calibrated; warns of printed numbers that contradict each other. Raises ValueError when
    too little is printed, limits are swapped, or visits, size, candidates or log_hr_slack cannot be.
    """
    printed = _printed(summaries)
    optional(choice(*INTERVALS))("median_interval", median_interval)
    if visits is not None and not 0 <= visits < np.inf:
        raise ValueError(
            f"visits {visits!r}: use the time between two visits, 0 where events are seen as they"
            " happen, or None."
        )
    _check_effort(size, candidates, log_hr_slack)
    size = int(size)
    report = Report(printed, arms_of(printed), log_hr_slack, median_interval, visits)
    search = {family: ImportanceSampler(DIMENSIONS) for family in CANDIDATE_FAMILIES}
    batches: dict[str, list[WeighedPairs]] = {family: [] for family in CANDIDATE_FAMILIES}
    share = dict.fromkeys(CANDIDATE_FAMILIES, 1 / len(CANDIDATE_FAMILIES))
    for turn, part in enumerate((*BATCHES, *BATCHES[-1:] * FURTHER), start=1):
        for family in CANDIDATE_FAMILIES:
            coordinates = search[family].draw(
                part
                * candidates
                * (EVENLY / len(CANDIDATE_FAMILIES) + (1 - EVENLY) * share[family]),
                rng,
            )
            batches[family].append(weigh_pairs(family, report, coordinates, rng))
        log_weight = {f: _log_weights(search[f], batches[f]) for f in CANDIDATE_FAMILIES}
        every = np.concatenate(list(log_weight.values()))
        weight = np.exp(every - logsumexp(every))
        ends = np.cumsum([w.size for w in log_weight.values()])[:-1]
        share = dict(zip(CANDIDATE_FAMILIES, map(np.sum, np.split(weight, ends))))
        effective = float(1 / np.sum(weight**2))
        if turn >= len(BATCHES) and effective >= ENOUGH:
            break
        for family in CANDIDATE_FAMILIES:
            seen = np.concatenate([batch["coordinates"] for batch in batches[family]])
            search[family].learn(seen, log_weight[family])
    flat = [(family, batch) for family in CANDIDATE_FAMILIES for batch in batches[family]]
    advantage = np.concatenate([batch["advantage"] for _, batch in flat])
    taken = np.split(
        resampled(weight, size, advantage, rng.random()),
        np.cumsum([len(batch["coordinates"]) for _, batch in flat])[:-1],
    )
    told_to_user(printed.contradictions())
    curves_of = conditioned_on_print if trial else chosen_pairs
    pieces = [
        curves_of(family, batch, np.repeat(np.arange(count.size), count), rng)
        for (family, batch), count in zip(flat, taken)
        if count.any()
    ]
    return Calibrated.join(
        printed,
        pieces,
        {family: float(w) for family, w in share.items()},
        effective,
        printed.contradictions() + _misfit(flat),
    )


def _printed(summaries: Summaries | Mapping[str, float | None]) -> Summaries:
    """Summaries, from one or from a mapping; ValueError for names that it does not know."""
    if isinstance(summaries, Summaries):
        return summaries
    if not isinstance(summaries, Mapping):
        raise ValueError(
            f"summaries: found {shown(summaries)}. Give Summaries(…), or a mapping with its names."
        )
    known = [f.name for f in fields(Summaries)]
    for name in summaries:
        choice(*known)("a name in summaries", name)
    return Summaries(**summaries)


def _check_effort(size: int, candidates: float, log_hr_slack: float) -> None:
    if not (np.isfinite(size) and size == round(size) and 1 <= size <= MOST):
        raise ValueError(f"size = {size}: give a whole number of draws, 1 or more, e.g. 2000.")
    if not FEWEST_CANDIDATES <= candidates <= MOST:
        raise ValueError(
            f"candidates = {candidates}: weigh at least {FEWEST_CANDIDATES} pairs of curves, better"
            " 12000."
        )
    if not 0 <= log_hr_slack < np.inf:
        raise ValueError(
            f"log_hr_slack = {log_hr_slack}: a standard deviation on the log scale, 0 or more, e.g."
            f" {LOG_HR_SLACK}."
        )


def _log_weights(search: ImportanceSampler, batches: list[WeighedPairs]) -> np.ndarray:
    """Log weights of all batches' pairs of a family, as if drawn from the prior; their sum is the
    family's weight.
    """
    coordinates = np.concatenate([batch["coordinates"] for batch in batches])
    return (
        np.concatenate([batch["log_weight"] for batch in batches])
        + search.log_weight(coordinates)
        - np.log(len(coordinates))
    )


def _misfit(batches: list[tuple[str, WeighedPairs]]) -> list[str]:
    """Families under which no pair of curves meets the printed numbers, with the number furthest
    off.
    """
    sentences = []
    for family in CANDIDATE_FAMILIES:
        part = min((b for f, b in batches if f == family), key=lambda b: b["distance"].min())
        i, m = int(np.argmin(part["distance"])), part["residual"].shape[1]
        # Four parameters (two medians, two shapes) are free.
        if m > 4 and special.chdtrc(m - 4, part["distance"][i]) < 0.01:
            standard = part["residual"][i] / np.sqrt(np.diagonal(part["cov"][i]))
            worst = int(np.argmax(np.abs(standard)))
            sentences.append(
                f"{family}: no pair of curves meets all printed numbers; furthest off is the"
                f" {part['names'][worst]} ({standard[worst]:+.1f} s.d.)."
            )
    return sentences
