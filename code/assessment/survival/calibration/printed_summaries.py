"""What a trial report prints about two survival curves, checked for contradictions."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import LARGEST, as_numbers
from assessment.evidence.arguments.object_arguments import choice
from assessment.survival.distributions.special_functions import Z_975
from assessment.survival.estimation.event_marks import arm_key

# A hazard ratio from here on is taken for a percentage; by how much hazard ratio and ratio of medians
# both differ from 1, on opposite sides, before they are said to disagree.
PER_CENT, CLEARLY = 15.0, 1.25


@dataclass(frozen=True)
class Summaries:
    """Printed results of a two-arm comparison; None (or nan) where not printed.

    median_t, lo_t, hi_t: treated arm's median with 95 % limits; inf: not reached / not estimable;
    median_c, lo_c, hi_c: control arm. hr, hr_lo, hr_hi: hazard ratio treated/control. n_t, n_c:
    patients. events_t, events_c: events; events: in both arms together. followup_median: median
    follow-up by reverse Kaplan–Meier. All times in one unit.
    """

    median_t: float | None = None
    lo_t: float | None = None
    hi_t: float | None = None
    median_c: float | None = None
    lo_c: float | None = None
    hi_c: float | None = None
    hr: float | None = None
    hr_lo: float | None = None
    hr_hi: float | None = None
    n_t: float | None = None
    n_c: float | None = None
    events_t: float | None = None
    events_c: float | None = None
    events: float | None = None
    followup_median: float | None = None

    def __post_init__(self) -> None:
        for f in fields(self):
            v = getattr(self, f.name)
            v = None if v is None else as_numbers(f.name, v)
            if v is not None and v.size != 1:
                raise ValueError(
                    f"{f.name}: {v.size} numbers; give the one that is printed, or None."
                )
            v = None if v is None or np.isnan(v).any() else float(v.flat[0])
            if v == np.inf and f.name[:3] not in ("med", "lo_", "hi_"):
                v = None
            if v is not None and LARGEST < v < np.inf:
                raise ValueError(
                    f"{f.name} = {v:g} is beyond any trial. Check its digits and its unit."
                )
            if v is not None and (v < 0 or (v == 0 and not f.name.startswith("events"))):
                raise ValueError(
                    f"{f.name} = {v:g} must be above 0. Leave out what is not printed."
                )
            object.__setattr__(self, f.name, v)
        for low, high in (("lo_t", "hi_t"), ("lo_c", "hi_c"), ("hr_lo", "hr_hi")):
            ends = getattr(self, low), getattr(self, high)
            if None not in ends and ends[0] > ends[1]:
                raise ValueError(
                    f"{low} = {ends[0]:g} is above {high} = {ends[1]:g}. Are the two swapped?"
                )
        for arm in "tc":
            n, d = self.get("n", arm), self.get("events", arm)
            if n and d is not None and d > n:
                raise ValueError(
                    f"events_{arm} = {d:g} with n_{arm} = {n:g}. Check which analysis each"
                    " belongs to."
                )
        if self.events is not None and self.n_t and self.n_c and self.events > self.n_t + self.n_c:
            raise ValueError(
                f"events = {self.events:g} with {self.n_t + self.n_c:g} patients. Check which"
                " analysis each belongs to."
            )

    @taking(name=choice("median", "lo", "hi", "n", "events"), arm=arm_key)
    def get(self, name: str, arm: str) -> float | None:
        """The value of one arm: "median", "lo", "hi", "n" or "events" of "t", the treated, or "c"."""
        return getattr(self, f"{name}_{arm}")

    @property
    def log_hr_se(self) -> float | None:
        """Standard error of the log hazard ratio from its 95 % interval, or None."""
        if not (self.hr_lo and self.hr_hi):
            return None
        return float(np.log(self.hr_hi / self.hr_lo) / (2 * Z_975))

    def contradictions(self) -> list[str]:
        """Sentences on printed numbers that cannot all be right whatever the curves look like."""
        sentences = []
        for arm, name in (("t", "treated"), ("c", "control")):
            m, low, high = (self.get(k, arm) for k in ("median", "lo", "hi"))
            if m is not None and ((low is not None and low > m) or (high is not None and high < m)):
                sentences.append(
                    f"{name} median {m:g} lies outside its interval ({low} to {high})."
                )
        se = self.log_hr_se
        if self.hr and self.hr_lo and self.hr_hi and se is not None:
            if not self.hr_lo <= self.hr <= self.hr_hi:
                sentences.append(
                    f"hazard ratio {self.hr:g} lies outside its interval ({self.hr_lo:g} to"
                    f" {self.hr_hi:g})."
                )
            else:
                middle, slack = (
                    np.sqrt(self.hr_lo * self.hr_hi),
                    0.006 / self.hr_lo + 0.006 / self.hr,
                )
                if abs(np.log(self.hr / middle)) > slack + 0.03 * se:
                    sentences.append(
                        f"hazard ratio {self.hr:g} is not in the middle of its interval on the log"
                        f" scale ({middle:.3g})."
                    )
        sentences += self._ratio_against_medians()
        total = self.total_events()
        if se and total:
            part = self.n_t / (self.n_t + self.n_c) if self.n_t and self.n_c else 0.5
            least = 1 / np.sqrt(total * part * (1 - part))
            if se < 0.85 * least:
                sentences.append(
                    f"the interval of the hazard ratio is narrower than {total:g} events allow "
                    f"(standard error {se:.3f}, at least about {least:.3f})."
                )
            elif se > 1.5 * least:
                sentences.append(
                    f"the interval of the hazard ratio is wider than {total:g} events explain "
                    f"(standard error {se:.3f} against about {least:.3f})."
                )
        return sentences

    def _ratio_against_medians(self) -> list[str]:
        """A hazard ratio on the other side of 1 than the medians say, clearly, or out of all bounds."""
        if not self.hr:
            return []
        if self.hr >= PER_CENT:
            return [
                f"hazard ratio {self.hr:g} is beyond what trials find: is it in per cent"
                f" ({self.hr / 100:g})?"
            ]
        median_t, median_c = self.median_t, self.median_c
        if median_t is None or median_c is None or np.isinf(median_t) or np.isinf(median_c):
            return []
        by_medians = median_c / median_t  # what it would be were the hazards constant
        apart = min(abs(np.log(self.hr)), abs(np.log(by_medians)))
        if np.log(self.hr) * np.log(by_medians) < 0 and apart > np.log(CLEARLY):
            longer = "longer" if by_medians < 1 else "shorter"
            return [
                f"hazard ratio {self.hr:g} does not go with a {longer} median of the treated"
                f" ({median_t:g} against {median_c:g}): is it control against treated"
                f" ({1 / self.hr:.2g} the other way)?"
            ]
        return []

    def total_events(self) -> float | None:
        """Events in both arms, or None."""
        if self.events is not None:
            return self.events
        return (
            self.events_t + self.events_c
            if self.events_t is not None and self.events_c is not None
            else None
        )
