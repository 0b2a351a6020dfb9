"""What the page on reporting checklists shows."""

from assessment.pages.reporting_checklists.checklist_figure import summary_figure
from assessment.pages.reporting_checklists.checklist_tables import items_table, texts

__all__ = ["items_table", "summary_figure", "texts"]
