"""What single changes of the data did to the base case: as a figure, a table, and in words."""

from assessment.pages.attribution.attribution_figure import attribution_figure
from assessment.pages.attribution.attribution_table import attribution_table, changes_told
from assessment.pages.attribution.attribution_words import attribution_texts

__all__ = ["attribution_figure", "attribution_table", "attribution_texts", "changes_told"]
