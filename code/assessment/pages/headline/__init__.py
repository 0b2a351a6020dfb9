"""Headline results: what a reader would quote, by version and by change."""

from assessment.pages.headline.headline_file import history_table
from assessment.pages.headline.result_steps import history_figure, steps_texts

__all__ = ["history_figure", "history_table", "steps_texts"]
