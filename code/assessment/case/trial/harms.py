"""The trial's harms as risk differences, from printed percentages turned back into counts."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.case.trial.trial import ARMS, COHORTS, Trial, has_number
from assessment.evidence import Fact, one_analysis_set
from assessment.survival.comparison.effect_measures import RiskDifference, risk_difference


@dataclass(frozen=True)
class Count:
    """A printed percentage as a count: ``events`` of ``n``, n at most the patients randomised to
    the arm.
    """

    events: int
    n: int
    rate: Fact
    randomised: Fact

    def __post_init__(self):
        one_analysis_set((self.rate, self.randomised))


def count(rate: Fact, randomised: Fact) -> Count:
    """The largest number of patients, up to those randomised, of whom a whole count rounds to the
    printed percentage.

    Safety is counted in patients who took a dose, and how many did is not published; a percentage
    that fits no count of those randomised shows that some did not. Raises ValueError when nothing
    within a tenth of those randomised fits.
    """
    decimals = len((rate.printed or "").partition(".")[2])
    half, n = 0.5 * 10**-decimals + 1e-9, int(randomised.number)
    for total in range(n, int(0.9 * n), -1):
        events = round(rate.number * total / 100)
        if abs(100 * events / total - rate.number) <= half:
            return Count(events, total, rate, randomised)
    raise ValueError(
        f"{rate.id}: {rate.number:g} % fits no count in up to {n} patients. Check the rate and the"
        " number of patients."
    )


@dataclass(frozen=True)
class Harm:
    """One harm in one group: counts by arm and their difference; None where an arm's rate is not
    published.
    """

    harm: str
    group: str
    treated: Fact | None
    control: Fact | None
    counts: tuple[Count, Count] | None
    difference: RiskDifference | None


def harm(
    name: str, group: str, rates: tuple[Fact | None, Fact | None], randomised: tuple[Fact, Fact]
) -> Harm:
    """Rates in percent and patients randomised, each (treated, control). A rate not published
    in one arm gives no difference.
    """
    treated, control = rates
    if not (has_number(treated) and has_number(control)):
        return Harm(name, group, treated, control, None, None)
    first, second = count(treated, randomised[0]), count(control, randomised[1])
    difference = risk_difference(first.events, first.n, second.events, second.n)
    return Harm(name, group, treated, control, (first, second), difference)


def harms(view: Trial) -> tuple[Harm, ...]:
    """Every harm asked about, in the cohorts and the gastrointestinal subgroup; most have no rate
    in the control arm.
    """
    treated, control = ARMS
    found = []
    for cohort in COHORTS:
        n = view.required(f"n.{cohort}.{treated}"), view.required(f"n.{cohort}.{control}")
        severe, stopped, reduced = (
            view.grade3plus(cohort),
            view.exposure(cohort, "discontinuation"),
            view.exposure(cohort, "dose_reduction"),
        )
        found += [
            harm(name, cohort, (r.treated, r.control), n)
            for name, r in (("severe", severe), ("stopped", stopped), ("reduced", reduced))
        ]
    gi = view.required(f"gi.n.{treated}"), view.required(f"gi.n.{control}")
    severe_gi = (
        view.find(f"gi.safety.{treated}.grade3_4"),
        view.find(f"gi.safety.{control}.grade3_4"),
    )
    found.insert(3, harm("severe", "gi", severe_gi, gi))
    for name in ("hypertension", "diarrhoea", "fatigue"):
        found.append(
            harm(name, "all", (view.find(f"safety.grade3plus.{name}.{treated}"), None), gi)
        )
    found.append(
        harm("thromboembolic", "all", (view.find("safety.grade3plus.thromboembolic"), None), gi)
    )
    found.append(harm("deaths", "all", (view.find("safety.treatment_related_deaths"), None), gi))
    return tuple(found)
