"""What a case consists of. ``load_case`` builds one from ``data/case.csv``."""

from __future__ import annotations

from dataclasses import dataclass

TREATED, CONTROL = "treated", "control"
BASE_CASE, UNDIVIDED = "base_case", "undivided"
MODELLED = "modelled"


@dataclass(frozen=True)
class Name:
    """Something the case names: the id by which code and data ask for it, the label a reader sees,
    and what else it is called (of a drug its brand, of a disease its plural, of a country its
    adjective, of an agency its short name; None where there is nothing).
    """

    id: str
    label: str
    also_called: str | None


@dataclass(frozen=True)
class Cohort:
    """Patients who are analysed on their own.

    ``long_label`` says who is in it. ``colour`` is a name of the theme's palette, ``dash`` the
    lengths of strokes and gaps of its lines in pixels, ``shape`` the mark of its points.
    """

    id: str
    label: str
    long_label: str
    colour: str
    dash: tuple[int, int]
    shape: str


@dataclass(frozen=True)
class Arm:
    """A randomised arm of the trial. ``role``: 'treated' or 'control'; the rest as in Cohort."""

    id: str
    label: str
    role: str
    colour: str
    dash: tuple[int, int]
    shape: str


@dataclass(frozen=True)
class AnalysisSet:
    """One way in which the trial's patients were divided into cohorts and analysed.

    ``role``: 'base_case', 'alternative', or 'undivided' for results whose source does not say which
    division it used. ``fact_prefix``: how the ids of its facts begin. ``assessor``: who judged
    progression, 'independent' or 'investigator'. ``source``: key of the document it comes from.
    The last two are None where the set is undivided.
    """

    id: str
    label: str
    role: str
    fact_prefix: str
    assessor: str | None
    source: str | None


@dataclass(frozen=True)
class Comparator:
    """A treatment the drug is compared with; ``modelled`` when the economic model can run it."""

    id: str
    label: str
    modelled: bool


@dataclass(frozen=True)
class Case:
    """One assessment: its drug, disease, country and trial. ``arms`` hold the treated arm first.

    ``language``: of the official documents, its id the code that web pages use. ``document_stem``
    and ``data_stem``: names without ending of the files offered to readers. ``other_trials``: those
    that stand in comparisons. ``words``: by which a line of code would name any of these.
    """

    assessment: Name
    drug: Name
    disease: Name
    country: Name
    language: Name
    agency: Name
    process: Name
    trial: Name
    cohorts: tuple[Cohort, ...]
    subgroups: tuple[Name, ...]
    arms: tuple[Arm, Arm]
    analysis_sets: tuple[AnalysisSet, ...]
    comparators: tuple[Comparator, ...]
    other_trials: tuple[Name, ...]
    document_stem: str
    data_stem: str
    words: tuple[str, ...]

    @property
    def treated(self) -> Arm:
        """The arm that received the drug."""
        return self.arms[0]

    @property
    def control(self) -> Arm:
        """The arm it is compared with in the trial."""
        return self.arms[1]

    @property
    def base_set(self) -> AnalysisSet:
        """The analysis set of the base case."""
        return next(s for s in self.analysis_sets if s.role == BASE_CASE)

    @property
    def divisions(self) -> tuple[AnalysisSet, ...]:
        """The sets that say how patients were divided, the base case first: to be shown beside each
        other, never combined.
        """
        return tuple(s for s in self.analysis_sets if s.role != UNDIVIDED)

    def names(self) -> dict[str, str]:
        """Names that fill the places of a reader's sentence, such as '{drug} for {country}'."""
        return {
            "assessment": self.assessment.label,
            "drug": self.drug.label,
            "brand": self.drug.also_called or "",
            "disease": self.disease.also_called or "",
            "country": self.country.label,
            "of_country": self.country.also_called or "",
            "language": self.language.id,
            "agency": self.agency.label,
            "process": self.process.label,
        }

    def cohort_ids(self) -> tuple[str, ...]:
        """Ids of the cohorts, in the order in which they are shown."""
        return tuple(cohort.id for cohort in self.cohorts)

    def cohort_labels(self) -> dict[str, str]:
        """{cohort id: label}."""
        return {cohort.id: cohort.label for cohort in self.cohorts}

    def arm_ids(self) -> tuple[str, str]:
        """Ids of the arms: treated, control."""
        return self.treated.id, self.control.id

    def subgroup_ids(self) -> tuple[str, ...]:
        """Ids of the subgroups with results of their own."""
        return tuple(subgroup.id for subgroup in self.subgroups)

    def set_labels(self) -> dict[str, str]:
        """{analysis set id: label}."""
        return {s.id: s.label for s in self.analysis_sets}

    def fact_prefixes(self) -> dict[str, str]:
        """{analysis set id: how the ids of its facts begin}."""
        return {s.id: s.fact_prefix for s in self.analysis_sets}

    def sets_judged_by(self, assessor: str) -> tuple[str, ...]:
        """Ids of the divisions whose progression this assessor judged."""
        return tuple(s.id for s in self.divisions if s.assessor == assessor)

    def modelled_comparators(self) -> tuple[str, ...]:
        """Ids of what the economic model can compare the drug with, the trial's control first."""
        return (self.control.id, *(c.id for c in self.comparators if c.modelled))
