"""The page in plain words: its numbers as a picture and two small tables."""

from assessment.pages.plain_language.people_dots import hundred_people
from assessment.pages.plain_language.plain_tables import doses, times

__all__ = ["doses", "hundred_people", "times"]
