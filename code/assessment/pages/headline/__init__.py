"""Headline results: what a reader would quote, by version."""

from assessment.pages.headline.headline_file import history_table

__all__ = ["history_table"]
