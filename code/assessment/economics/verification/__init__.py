"""The black-box battery: tests T01–T48 that any cost-utility model should pass, run from outside.

Tests are those of TECH-VER (Büyükkaramikli et al. 2019), of Dasbach and Elbasha 2017, and of
standard practice in verifying models. ``run_battery`` takes models (see ``model_protocol.Model``),
one for each cohort, and gives a table.
"""

from assessment.economics.verification.findings import Finding, NotApplicable
from assessment.economics.verification.model_protocol import Model, Roles, Run, Settings
from assessment.economics.verification.registry import BATTERY, Test
from assessment.economics.verification.verification_case import Case
from assessment.economics.verification.verification_report import (
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    run_battery,
    summary,
)

__all__ = [
    "BATTERY",
    "Case",
    "FAILED",
    "Finding",
    "Model",
    "NOT_APPLICABLE",
    "NotApplicable",
    "PASSED",
    "Roles",
    "Run",
    "Settings",
    "Test",
    "run_battery",
    "summary",
]
