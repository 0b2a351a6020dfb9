"""What a new book must be told before it can be begun."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessment.case.definition import load_case

ID = re.compile(r"[a-z][a-z0-9_]*")
# Names that ids of carried facts begin with, or that stand beside cohorts in the data's columns.
TAKEN = (
    "all",
    "both",
    "economics",
    "not_applicable",
    "pharmacology",
    "pico",
    load_case().country.id,
)
# Colour, strokes and mark of the first cohorts; those after the last begin again.
MARKS = (("green", "1 0", "circle"), ("purple", "6 3", "square"), ("blue", "2 2", "diamond"))


class WrongAnswer(ValueError):
    """An answer that no book can be begun with; says which, what is allowed and what to do."""


@dataclass(frozen=True)
class Answers:
    """``drug``, ``trial``, ``control`` and ``cohorts`` are ids: small letters, digits and _. The
    others are words as readers see them. ``folder`` must not exist yet, or be empty.
    """

    drug: str
    folder: Path
    trial: str = "trial"
    cohorts: tuple[str, ...] = ("cohort_a", "cohort_b")
    control: str = "control"
    disease: str = "the disease"
    today: date = date.min

    def check(self) -> None:
        """Raises WrongAnswer for the first answer at fault."""
        ids = {"NAME": self.drug, "TRIAL": self.trial, "CONTROL": self.control}
        ids |= {f"COHORTS, number {i}": cohort for i, cohort in enumerate(self.cohorts, 1)}
        for answer, given in ids.items():
            if not ID.fullmatch(given):
                allowed = "small letters a–z, digits and _, beginning with a letter"
                raise WrongAnswer(f"{answer}: '{given}'. Allowed: {allowed}. Type it again.")
            if given in TAKEN:
                raise WrongAnswer(
                    f"{answer}: '{given}' is taken by the data itself. Choose another; taken are:"
                    f" {', '.join(TAKEN)}."
                )
        if len(set(ids.values())) < len(ids):
            raise WrongAnswer(
                "NAME, TRIAL, CONTROL and COHORTS must all differ; they are: "
                + ", ".join(ids.values())
            )
        if self.folder.exists() and any(self.folder.iterdir()):
            raise WrongAnswer(
                f"TO: {self.folder} is there already and holds files. Name a folder that does not"
                " exist yet; nothing was written."
            )

    def places(self) -> dict[str, str]:
        """What stands for each place of the template outside rows of a cohort or an arm."""
        return {
            "drug": self.drug,
            "Drug": _capital(self.drug),
            "trial": self.trial,
            "TRIAL": self.trial.upper(),
            "control": self.control,
            "disease": self.disease,
            "today": self.today.isoformat(),
            "year": str(self.today.year),
            "cohort_list": ", ".join(_label(cohort) for cohort in self.cohorts),
        }

    def cohort_places(self) -> list[dict[str, str]]:
        """The same for a row that is written once for every cohort."""
        return [
            {
                "cohort": cohort,
                "cohort_label": _label(cohort),
                "colour": MARKS[i % len(MARKS)][0],
                "dash": MARKS[i % len(MARKS)][1],
                "shape": MARKS[i % len(MARKS)][2],
            }
            for i, cohort in enumerate(self.cohorts)
        ]

    def arm_places(self) -> list[dict[str, str]]:
        """The same for a row that is written once for every arm."""
        return [{"arm": arm} for arm in (self.drug, self.control)]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _label(cohort: str) -> str:
    return _capital(cohort.replace("_", " "))
