"""Verification from outside: black-box tests T01–T48 that any cost-utility model should pass.

Tests are those of TECH-VER (Büyükkaramikli et al. 2019), of Dasbach and Elbasha 2017, and of
standard practice in verifying models. ``run_verification`` takes models (see
``model_protocol.Model``), one for each cohort, and gives a table.
"""

from assessment.economics.verification.framework.findings import Finding, NotApplicable
from assessment.economics.verification.framework.model_protocol import (
    Model,
    Roles,
    RunSettings,
    StrategyRun,
)
from assessment.economics.verification.framework.registry import (
    VERIFICATION_TESTS,
    VerificationTest,
)
from assessment.economics.verification.framework.verification_case import VerificationCase
from assessment.economics.verification.verification_report import (
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    RUN_ONCE,
    run_verification,
    verification_summary,
)

__all__ = [
    "VERIFICATION_TESTS",
    "VerificationCase",
    "FAILED",
    "Finding",
    "Model",
    "NOT_APPLICABLE",
    "NotApplicable",
    "PASSED",
    "RUN_ONCE",
    "Roles",
    "StrategyRun",
    "RunSettings",
    "VerificationTest",
    "run_verification",
    "verification_summary",
]
