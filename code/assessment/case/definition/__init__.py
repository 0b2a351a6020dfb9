"""The case in data: what is assessed, for whom and from which trial, as ``data/case.csv`` says it."""

from assessment.case.definition.case_definition import (
    AnalysisSet,
    Arm,
    Case,
    Cohort,
    Comparator,
    Name,
)
from assessment.case.definition.case_loading import load_case

__all__ = ["AnalysisSet", "Arm", "Case", "Cohort", "Comparator", "Name", "load_case"]
