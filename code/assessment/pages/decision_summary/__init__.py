"""What the decision summary shows: ``texts()`` for its sentences, its table of findings, short for the
front page, and its picture.
"""

from assessment.pages.decision_summary.enough_price_figure import enough_price
from assessment.pages.decision_summary.findings_table import findings
from assessment.pages.decision_summary.summary_texts import texts

__all__ = ["enough_price", "findings", "texts"]
