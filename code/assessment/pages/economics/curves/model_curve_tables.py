"""What the model's curves are, beside what is printed, and by family of curves."""

from __future__ import annotations

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.curve_account import LANDMARK_YEARS, CurveAccount
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL, TREATED
from assessment.case.trial.trial import BASE_SET, load_trial
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.shared.arm_names import ARM_NAMES, NAMES_WITHIN
from assessment.pages.trial_evidence.curves.extrapolation_words import FAMILY
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Table

COHORT = _("Cohort")
DASH = "–"
ENDPOINTS = {"os": _("Median survival, months"), "pfs": _("Median without progression, months")}
SHOWN_BY_FAMILY = (1, 2)  # places in LANDMARK_YEARS: five and ten years


def curves_table() -> Table:
    """Medians, hazard ratio, life expectancy and shares alive of both arms and cohorts."""
    rows = [row for cohort in COHORTS for row in _rows(cohort, runs.curves_of_base(cohort))]
    columns = [COHORT, _("Curves of the base case"), *ARM_NAMES.values()]
    return Table(pd.DataFrame(rows, columns=columns), group=COHORT)


def _rows(cohort: str, account: CurveAccount) -> list[tuple[str, ...]]:
    arms, rows = (TREATED, CONTROL), []
    for endpoint, label in ENDPOINTS.items():
        told = [account.medians[endpoint, arm] for arm in arms]
        printed = [DASH if median is None else numbers.number(median, 1) for median, _own in told]
        rows += [
            (_("{what}: printed").format(what=label), *printed),
            (_("{what}: model").format(what=label), *(numbers.number(own, 1) for _m, own in told)),
        ]
    ratio = load_trial(BASE_SET).os(cohort).hazard_ratio
    rows += [
        (
            _("Hazard ratio of death: printed"),
            DASH if ratio is None else numbers.fact_text(ratio, "bare"),
            DASH,
        ),
        (
            _("Hazard ratio of death: constant for life, for the model's life years"),
            numbers.number(account.ratio_for_life, 2),
            DASH,
        ),
        (
            _("Life expectancy, years"),
            *(numbers.number(account.course[arm].years, 1) for arm in arms),
        ),
    ]
    for place, years in enumerate(LANDMARK_YEARS):
        shares = [numbers.number(100 * account.course[arm].alive[place]) for arm in arms]
        rows.append((_("Alive after {years} years, %").format(years=int(years)), *shares))
    return [(NAMES[cohort], *row) for row in rows]


def family_table() -> Table:
    """The families behind the average: their weight before and after, and what each alone gives."""
    rows = []
    for cohort in COHORTS:
        account = runs.curves_of_base(cohort)
        for family, course in account.by_family.items():
            control = course[CONTROL]
            rows.append(
                (
                    NAMES[cohort],
                    FAMILY[family],
                    numbers.number(100 * account.prior[family]),
                    numbers.number(100 * account.weight[family]),
                    numbers.number(control.years, 1),
                    numbers.number(course[TREATED].years - control.years, 2),
                    *(numbers.number(100 * control.alive[place]) for place in SHOWN_BY_FAMILY),
                )
            )
    control_name = NAMES_WITHIN[ARM_NAMES[CONTROL]]
    columns = [
        COHORT,
        _("Family"),
        _("Weight, %"),
        _("In the draws, %"),
        _("Years lived on {control}").format(control=control_name),
        _("Years gained"),
        *(
            _("Alive at {years} years, %").format(years=int(LANDMARK_YEARS[place]))
            for place in SHOWN_BY_FAMILY
        ),
    ]
    return Table(pd.DataFrame(rows, columns=columns), group=COHORT)
