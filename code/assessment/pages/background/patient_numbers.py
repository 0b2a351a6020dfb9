"""How many patients there are: what is drawn and computed from published counts and DMP's range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.case.trial import patients
from assessment.evidence import load_facts
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Table

SEED, DRAWS = 20251122, 400_000


BUDGET_YEARS = 5


# Steps from a diagnosis to this treatment of which no share is published.
UNKNOWN_STEPS = 4


@dataclass(frozen=True)
class PatientNumbers:
    """Patients a year, each with its interval where it has one.

    ``neoplasms`` and ``net``: new ones a year. ``eligible``: DMP's range, low and high. ``shares``:
    per cent of new NET that the low and the high end are. ``future``: patients over so many years.
    """

    neoplasms: patients.Interval
    net: patients.Interval
    eligible: tuple[float, float]
    shares: tuple[patients.Interval, patients.Interval]
    future: dict[int, patients.Interval]

    @property
    def middle(self) -> float:
        """The middle of DMP's range."""
        low, high = self.eligible
        return (low + high) / 2


def _ends(fact_id: str) -> tuple[float, float]:
    """The two ends of a fact that is a range. ValueError when it is none."""
    fact = load_facts()[fact_id]
    if fact.low is None or fact.high is None:
        raise ValueError(f"{fact_id} is no range: give its low and high in data/facts")
    return fact.low, fact.high


@cached_result(maxsize=1)
def patient_numbers() -> PatientNumbers:
    """Everything computed about patient numbers: draws summarised once, with one seed."""
    rng = np.random.default_rng(SEED)
    eligible = _ends("norway.patients.eligible.n")
    neoplasms, net = patients.new_net_rate(
        _ends("norway.incidence.nen.count_range"),
        _ends("norway.incidence.net.share_range"),
        DRAWS,
        rng,
    )
    future = {
        years: patients.summary(patients.future_patients(eligible, years, DRAWS, rng))
        for years in (1, BUDGET_YEARS)
    }
    low, high = (patients.summary(patients.implied_share(end, net)) for end in eligible)
    return PatientNumbers(
        neoplasms=patients.summary(neoplasms),
        net=patients.summary(net),
        eligible=eligible,
        shares=(low, high),
        future=future,
    )


@computed
def texts() -> dict[str, str]:
    """Every computed number of the chapter's text, by its glue name."""
    facts, found = load_facts(), patient_numbers()
    low, high = found.eligible
    share_at_low, share_at_high = found.shares
    one_year, five_years = found.future[1], found.future[BUDGET_YEARS]
    step_at_low, step_at_high = (
        patients.equal_step_share(share.median, UNKNOWN_STEPS) for share in found.shares
    )
    growth = patients.yearly_growth(
        facts["norway.incidence.net.growth"].number,
        facts["norway.incidence.net.growth_years"].number,
    )
    chance = patients.chance_interval(found.middle)
    chance_five = patients.chance_interval(found.middle * BUDGET_YEARS)
    range_part = patients.variance_from_range(found.eligible, 1)
    range_part_five = patients.variance_from_range(found.eligible, BUDGET_YEARS)
    gastrointestinal = patients.share_interval(
        facts["cabinet.baseline.epnet.gi"].number, int(facts["cabinet.n.epnet"].number)
    )
    number, interval = numbers.number, numbers.interval
    return {
        "bg_net": number(found.net.median),
        "bg_net_interval": interval(found.net.low, found.net.high, 0),
        "bg_share_range": _percent(interval(share_at_low.low, share_at_high.high, 0)),
        "bg_per_step": _percent(interval(step_at_low, step_at_high, 0)),
        "bg_middle": number(found.middle),
        "bg_chance": interval(*chance, 0),
        "bg_chance_five": interval(*chance_five, 0),
        "bg_one_year": interval(one_year.low, one_year.high, 0),
        "bg_five_years": interval(five_years.low, five_years.high, 0),
        "bg_five_years_plain": interval(low * BUDGET_YEARS, high * BUDGET_YEARS, 0),
        "bg_range_part_one": _percent(number(range_part)),
        "bg_range_part_five": _percent(number(range_part_five)),
        "bg_grade3": _percent(number(facts["cabinet.baseline.all.grade3_share"].number)),
        "bg_growth": _percent(number(growth, 1)),
        "bg_gi_interval": _percent(interval(*gastrointestinal, 0)),
    }


def _percent(number: str) -> str:
    return f"{number}\u00a0%"


def years_table() -> Table:
    """What the range of patients means in one budget year and in five together."""
    said = texts()
    low, high = patient_numbers().eligible
    head = (_("What is allowed to vary"), _("One year"), _("Five years together"))
    rows = [
        (_("DMP’s range alone"), numbers.interval(low, high, 0), said["bg_five_years_plain"]),
        (
            _("Chance alone, the mean being {n} a year").format(n=said["bg_middle"]),
            said["bg_chance"],
            said["bg_chance_five"],
        ),
        (_("Both"), said["bg_one_year"], said["bg_five_years"]),
        (
            _("Part of the variance that is the range"),
            said["bg_range_part_one"],
            said["bg_range_part_five"],
        ),
    ]
    caption = _("Patients to be treated: range, or 95 % interval")
    return Table(pd.DataFrame(rows, columns=list(head)), caption=caption)
