"""Published values that take the place of an input in a scenario or stand in severity, as
``data/scenario_values.csv`` names their facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessment.case.model.inputs.model_inputs import fraction
from assessment.evidence import Fact, FactSet, load_facts, read_table
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.read_log import log_read

TABLE = "scenario-values"
UTILITY, UTILITY_PRINTED, UTILITY_LOWEST = "utility", "utility printed", "utility lowest"
ACTIVE_MEDIAN = "active median"


@dataclass(frozen=True)
class PublishedScenario:
    """Inputs replaced together. ``study``: whose values they are, empty where they are of no one
    study; ``facts``: {parameter: fact}.
    """

    id: str
    study: str
    facts: Mapping[str, Fact]

    def values(self) -> dict[str, float]:
        """{parameter: value} in the model's unit."""
        return {parameter: fraction(fact) for parameter, fact in self.facts.items()}


@dataclass(frozen=True)
class ActiveTreatment:
    """Median survival on another treatment than the control arm's. ``comparator``: its id."""

    comparator: str
    median: Fact


def published_scenarios(cohort: str) -> tuple[PublishedScenario, ...]:
    """The scenarios of a cohort that replace utilities by a study's, in the order of the file."""
    return _scenarios("scenario", cohort)


def other_inputs(cohort: str) -> tuple[PublishedScenario, ...]:
    """The scenarios of a cohort that give inputs another value, in the order of the file."""
    return _scenarios("input", cohort)


def _scenarios(used_for: str, cohort: str) -> tuple[PublishedScenario, ...]:
    facts, rows = load_facts(), published_rows(used_for, cohort)
    studies: dict[str, str] = {row["scenario"]: row["study"] or "" for row in rows}
    return tuple(
        PublishedScenario(
            name,
            study,
            {row["parameter"]: facts[row["fact"]] for row in rows if row["scenario"] == name},
        )
        for name, study in studies.items()
    )


def published_utility(used_for: str, cohort: str, facts: FactSet | None = None) -> Fact | None:
    """The utility after progression of a cohort that stands in severity, None where there is none.
    ``used_for``: UTILITY (on the scale of the norms), UTILITY_PRINTED or UTILITY_LOWEST.
    """
    facts = load_facts() if facts is None else facts
    return next((facts[row["fact"]] for row in published_rows(used_for, cohort)), None)


def active_treatment(cohort: str) -> ActiveTreatment | None:
    """The active treatment with which severity is reckoned too, None where the table names none."""
    facts = load_facts()
    rows = published_rows(ACTIVE_MEDIAN, cohort)
    return next((ActiveTreatment(row["comparator"], facts[row["fact"]]) for row in rows), None)


def published_rows(used_for: str, cohort: str) -> list[dict[str, Any]]:
    """The rows of a cohort with this use, in the order of the file."""
    return [
        row
        for row in _all_rows()
        if row["used_for"] == used_for and row["cohort"] in ("both", cohort)
    ]


@cached_result(maxsize=1)
def _all_rows() -> list[dict[str, Any]]:
    log_read(tables=(TABLE,))
    return read_table(TABLE)
