"""What is watched, when each source was last reached, and what the watch found."""

from __future__ import annotations

from html import escape

from assessment.evidence import load_register
from assessment.living.upkeep.source_days import SourceDay, source_days
from assessment.pages.registers.register_words import Html
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _

W = {
    "source": _("Source"),
    "reached": _("Last checked"),
    "due": _("Next due"),
    "late": _("overdue: not checked since {day}"),
    "by_hand": _("by a person; the program has not reached it yet"),
    "silent": _("asked again on {day}, did not answer"),
    "none": _("Nothing has been found yet."),
    "found": _("Found"),
    "what": _("What"),
    "before": _("Before"),
    "now": _("Now"),
    "judged": _("What it means"),
    "nothing": _("nothing"),
}
JUDGED = {
    "open": _("not yet judged"),
    "not relevant": _("not relevant"),  # not translated: key
    "noted": _("noted"),
    "consequential": _("consequential"),
}
SHOWN = 20  # findings


def watched() -> Html:
    """Every watched source with the day on which it was last reached and the day on which it is due; a
    script marks those that are overdue by the reader's clock.
    """
    rows = "".join(_row(source) for source in source_days())
    return _table((W["source"], W["reached"], W["due"]), rows, cards=True)


def _row(source: SourceDay) -> str:
    silent = "" if source.by_watch else f'<br><span class="fact-note">{escape(W["by_hand"])}</span>'
    if source.tried > source.checked:
        said = W["silent"].format(day=numbers.day(source.tried))
        silent += f'<br><span class="fact-note">{escape(said)}</span>'
    late = escape(W["late"].format(day=numbers.day(source.checked)), quote=True)
    return (
        f'<tr data-due="{source.due.isoformat()}" data-late="{late}"><th scope="row">'
        f'<a href="{escape(source.address, quote=True)}">{escape(source.label)}</a></th>'
        f'<td data-label="{escape(W["reached"], quote=True)}">{numbers.day(source.checked)}{silent}</td>'
        f'<td data-label="{escape(W["due"], quote=True)}">{numbers.day(source.due)}'
        ' <strong class="row-late"></strong></td></tr>'
    )


def findings() -> Html:
    """The newest findings that were told, newest first, with what a person says of each."""
    labels = {row.id: row.label for row in frame_rows(load_register("watch-sources"))}
    found = load_register("watch-findings")
    told = frame_rows(found[found["level"] != "log"].iloc[::-1].head(SHOWN))
    rows = "".join(
        f"<tr><td>{numbers.partial_date(row.day)}</td><td>{escape(labels.get(row.watched, row.watched))}:"
        f" {escape(row.item)}, {escape(row.field)}</td><td>{escape(row.old or W['nothing'])}</td>"
        f"<td>{escape(row.new or W['nothing'])}</td><td>{JUDGED[row.judged]}</td></tr>"
        for row in told
    )
    if not rows:
        return Html(f"<p>{W['none']}</p>")
    return _table((W["found"], W["what"], W["before"], W["now"], W["judged"]), rows)


def _table(heads: tuple[str, ...], rows: str, cards: bool = False) -> Html:
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return Html(
        f'<table class="data watched{" cards" * cards}"><thead><tr>{cells}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
