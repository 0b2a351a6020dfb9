"""The ledger of assumptions as a table, the ones on which most hangs first."""

from __future__ import annotations

from html import escape

from assessment.living.upkeep.assumption_ledger import Assumption, ledger
from assessment.pages.registers.register_words import Html
from assessment.presentation import numbers
from assessment.presentation.language import _

W = {
    "assumption": _("Assumption, and why"),
    "swing": _("NOK a pack, up to"),
    "owner": _("Looked after by"),
    "due": _("Looked at, and due again"),
    "late": _("overdue"),
    "little": _("less than {least}"),
}
OWNERS = {
    "clinician": _("a clinician"),
    "health economist": _("a health economist"),  # not translated: key
    "whoever follows prices": _("whoever follows prices"),  # not translated: key
}
LEAST = 100  # NOK; smaller swings are not told apart
DIGITS = 2


def assumption_table() -> Html:
    """Every assumption among the model's inputs: its value and reason, the most that it moves the price
    that is enough, the role that looks after it, when it was looked at and when it must be again.
    """
    heads = "".join(
        f'<th scope="col">{W[name]}</th>' for name in ("assumption", "swing", "owner", "due")
    )
    rows = "".join(_row(one) for one in ledger())
    return Html(
        f'<table class="data watched cards"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(one: Assumption) -> str:
    fact = one.fact
    reason = f'<br><span class="fact-note">{escape(fact.note or "")}</span>'
    value = numbers.with_unit(numbers.fact_value(fact), fact.unit)
    return (
        f'<tr data-due="{one.due.isoformat()}" data-when="stopped" data-late="{escape(W["late"])}">'
        f'<th scope="row">{escape(fact.label)}: {escape(value)}{reason}</th>'
        f"{_cell('swing', _swing(one.swing.price_nok))}{_cell('owner', OWNERS[one.owner])}"
        f'<td data-label="{escape(W["due"], quote=True)}">{numbers.day(one.checked)}<br>'
        f'{numbers.day(one.due)} <strong class="row-late"></strong></td></tr>'
    )


def _cell(name: str, text: str) -> str:
    """A cell; on a phone, where the head is not shown, it names its column."""
    return f'<td data-label="{escape(W[name], quote=True)}">{text}</td>'


def _swing(nok: float) -> str:
    if nok < LEAST:
        return W["little"].format(least=numbers.number(LEAST))
    return numbers.number(float(f"{nok:.{DIGITS}g}"), 0)
