"""What can be chosen about the Norwegian model: one frozen object, changed with
``dataclasses.replace`` for a scenario.
"""

from __future__ import annotations

from dataclasses import dataclass

from assessment.case.definition import load_case
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import ARMS, BASE_SET
from assessment.economics.time.discounting import Discounting, constant_discounting
from assessment.economics.time.time_grid import Grid, continuous_grid, cycle_grid
from assessment.economics.time.time_units import MONTHS_PER_YEAR, WEEKS_PER_YEAR
from assessment.evidence import load_facts, load_population_table
from assessment.evidence.provenance.result_cache import cached_result
from assessment.survival.distributions.families import CANDIDATE_FAMILIES

# The strategy under study, and the one without a drug of its own; other comparators are drugs too.
TREATED, CONTROL = ARMS
ROLES = ("treated", "control")
COMPARATORS = load_case().modelled_comparators()
SURVIVAL_EFFECTS = ("observed", "none", "without crossover", "progression gain kept")
FAMILIES = CANDIDATE_FAMILIES
CURVES = ("calibrated", "exponential")  # exponential: through the printed medians
# calibrated: as the curves run on; outside: after the trial's follow-up, both arms die at the rate
# that others observed for longer
TAILS = ("calibrated", "outside")
GRIDS = ("continuous", "monthly", "weekly", "life-table")
TREATMENT_ENDS = ("progression or side effects", "progression")
BACKGROUND_THERAPY_UNTIL = ("death", "progression")
# With an edge at every birthday, expected outcomes are exact to 1e-8; the steepest single draws are
# what needs so many panels.
PANELS, NODES = 48, 7
CYCLE_PANELS = 2 * PANELS  # of which cycles read between the nodes
FEWEST_DRAWS = 20


@dataclass(frozen=True)
class Settings:
    """One way of running the model; the defaults are the base case.

    survival_effect: one of SURVIVAL_EFFECTS, or a number: a hazard ratio of death, constant for
    life, on the comparator's curve. family: one survival family instead of the average over all.
    horizon_years: None for the end of the life table. discounting: "stepped" (circular R-109), a
    yearly rate as a fraction, or a schedule. age_years: None for the cohort's assumed age. waning:
    the effect on survival fades between the two times of the facts economics.waning.*. vat: prices
    of drugs with value added tax. crossover_paid: the drug taken by patients of the control arm
    after progression is charged to them, as far as their survival includes it (not where it is
    adjusted).
    comparator_death_ratio: hazard ratio of death, the drug
    under study against a comparator that is another drug; 1 takes survival as equal. subgroup: one
    of data/scenario_values.csv, whose hazard ratio of progression stands on the cohort's control
    curve. curve_draws: how many draws of the curves stand for all. curves: one of CURVES.
    tail: one of TAILS. followup_months: of survival, where a set prints deaths and no time; None for
    the one assumed.
    ValueError names what is allowed.
    """

    cohort: str = COHORTS[0]
    analysis_set: str = BASE_SET
    comparator: str = CONTROL
    survival_effect: str | float = "observed"
    family: str | None = None
    horizon_years: float | None = None
    grid: str = "continuous"
    discounting: str | float | Discounting = "stepped"
    age_years: float | None = None
    age_adjusted: bool = True
    mortality_floor: bool = True
    waning: bool = False
    treatment_ends: str = "progression or side effects"
    background_therapy_until: str = "death"
    vat: bool = False
    crossover_paid: bool = True
    comparator_death_ratio: float = 1.0
    subgroup: str | None = None
    curve_draws: int = 1_200
    curves: str = "calibrated"
    tail: str = "calibrated"
    followup_months: float | None = None

    def __post_init__(self):
        for name, allowed in (
            ("cohort", COHORTS),
            ("comparator", COMPARATORS),
            ("grid", GRIDS),
            ("treatment_ends", TREATMENT_ENDS),
            ("background_therapy_until", BACKGROUND_THERAPY_UNTIL),
            ("family", (None, *FAMILIES)),
            ("curves", CURVES),
            ("tail", TAILS),
        ):
            if getattr(self, name) not in allowed:
                raise ValueError(
                    f"{name} is one of {', '.join(map(str, allowed))}; found"
                    f" {getattr(self, name)!r}"
                )
        if isinstance(self.survival_effect, str):
            if self.survival_effect not in SURVIVAL_EFFECTS:
                raise ValueError(
                    "survival_effect is a hazard ratio above 0 or one of"
                    f" {', '.join(SURVIVAL_EFFECTS)}; found {self.survival_effect!r}"
                )
        elif not self.survival_effect > 0:
            raise ValueError(f"a hazard ratio is above 0; found {self.survival_effect}")
        if not self.comparator_death_ratio > 0:
            raise ValueError(
                f"comparator_death_ratio is above 0; found {self.comparator_death_ratio}"
            )
        if isinstance(self.discounting, str) and self.discounting != "stepped":
            raise ValueError(
                "discounting is 'stepped' or a yearly rate as a fraction; found"
                f" {self.discounting!r}"
            )
        if self.curve_draws < FEWEST_DRAWS:
            raise ValueError(f"curve_draws is {FEWEST_DRAWS} or more; found {self.curve_draws}")
        if self.horizon_years is not None and not self.horizon_years > 0:
            raise ValueError(
                f"the horizon is above 0 years; found {self.horizon_years}. Leave it out for a"
                " lifetime."
            )

    @property
    def start_age_years(self) -> float:
        """Age at randomisation."""
        return (
            load_facts()[f"norway.age.{self.cohort}.start"].number
            if self.age_years is None
            else float(self.age_years)
        )

    @property
    def horizon(self) -> float:
        """Years modelled."""
        to_the_end = _end_of_life_table() - self.start_age_years
        return (
            to_the_end if self.horizon_years is None else min(float(self.horizon_years), to_the_end)
        )

    def rates(self) -> Discounting:
        """The discount rates of costs and effects."""
        if isinstance(self.discounting, Discounting):
            return self.discounting
        return (
            _stepped()
            if isinstance(self.discounting, str)
            else constant_discounting(self.discounting)
        )

    def time_grid(self, breaks_years=()) -> Grid:
        """The grid of this run; ``breaks_years`` are edges the continuous one needs besides the
        steps of discounting.

        Whatever the age and the horizon, its panels are those of the cohort's base case, so that
        runs share the times at which curves are evaluated.
        """
        panels = continuous_grid(
            self.horizon,
            (*breaks_years, *self.rates().steps_years),
            panels=PANELS if self.grid == "continuous" else CYCLE_PANELS,
            order=NODES,
            span_years=Settings(self.cohort).horizon,
        )
        if self.grid == "continuous":
            return panels
        cycle = 1 / WEEKS_PER_YEAR if self.grid == "weekly" else 1 / MONTHS_PER_YEAR
        return cycle_grid(
            self.horizon,
            min(cycle, self.horizon),
            "life-table" if self.grid == "life-table" else "trapezoid",
            "middle" if self.grid == "life-table" else None,
            panels,
        )


def role_of(strategy: str) -> str:
    """The role of a strategy: every active drug is counted as the treated arm is."""
    return "control" if strategy == CONTROL else "treated"


@cached_result(maxsize=1)
def _stepped() -> Discounting:
    return Discounting(load_population_table("discount-schedule"))


@cached_result(maxsize=1)
def _end_of_life_table() -> float:
    return float(load_population_table("life-table")["age"].max()) + 1
