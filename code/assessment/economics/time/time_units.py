"""How long a year is: the lengths that convert between years, months, weeks and days."""

from __future__ import annotations

MONTHS_PER_YEAR = 12
DAYS_PER_WEEK = 7
DAYS_PER_YEAR = 365.25  # with leap years
WEEKS_PER_YEAR = DAYS_PER_YEAR / DAYS_PER_WEEK
