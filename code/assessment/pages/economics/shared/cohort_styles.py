"""The colours and dashes of the cohorts in every figure of the chapter."""

from __future__ import annotations

from assessment.presentation import theme

COHORT_COLOURS = {"epnet": theme.GREEN, "pnet": theme.PURPLE}


COHORT_DASHES = {"epnet": [1, 0], "pnet": [6, 3]}
