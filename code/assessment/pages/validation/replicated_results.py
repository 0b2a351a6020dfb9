"""Results printed elsewhere beside ours."""

from __future__ import annotations

from math import floor, log10

import pandas as pd

from assessment.case.verification.targets import CANNOT, OFF, REPRODUCED, compare_targets
from assessment.evidence import load_facts, load_sources
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table, long_table, ref

DIGITS = 7  # of a printed value and of ours, more than a reader can use
PUBLISHED = "published"  # the group of targets that other evaluations print


@cached_result(disk=True)
def compared_targets() -> pd.DataFrame:
    """Every target with ours beside it; columns as compare_targets has them."""
    return compare_targets()


def targets(group: str) -> Table:
    """Targets of one group ('textbook', 'analytic', 'norwegian'): printed, ours, difference."""
    frame = compared_targets()
    rows = []
    for target in frame_rows(frame[frame["group"] == group]):
        like = target.printed if float(target.printed) else None
        row = {
            _("Target"): f"{target.what} ({target.unit})",
            _("Printed"): _written(target.printed_value, target.printed),
            _("Ours"): _written(target.ours, like),
            _("Difference"): _gap(target),
        }
        # Textbook models are cited in the text, once for each model and not in every row.
        rows.append(row if group == "textbook" else row | {_("Source"): _source(target)})
    return long_table(pd.DataFrame(rows), classes=("long",))


def _written(value: float, like: str | None = None) -> str:
    """A number with the digits that ``like`` is printed with, two decimals where nothing is printed; in
    all no more than DIGITS.
    """
    decimals = len(like.partition(".")[2]) if like else 2
    before = max(floor(log10(abs(value))) + 1, 0) if value else 0
    return numbers.number(value, max(0, min(decimals, 6, DIGITS - before)))


def _gap(target) -> str:
    """The difference, or "none" where ours rounds to what is shown of the printed value."""
    same = (
        target.printed
        and float(target.printed)
        and _written(target.ours, target.printed) == _written(target.printed_value, target.printed)
    )
    return _("none") if same or target.difference == 0 else _small(target.difference)


def _small(value: float) -> str:
    """A difference with two significant digits."""
    decimals = min(max(1 - floor(log10(abs(value))), 0), 9)
    return numbers.number(value, decimals)


def _source(target) -> str:
    """Where the printed value stands, or how it was come by."""
    source = load_sources().get(target.source)
    place = f"{source.short}, {target.locator}" if source else target.locator
    if target.standing == "worked from printed inputs":  # not translated: as in the register
        return _("worked by hand from {place}").format(place=place)
    if target.standing == "closed form":  # not translated: as in the register
        return _("closed form: {place}").format(place=place)
    return place


def replications() -> Table:
    """Published evaluations: printed, ours, and how far it comes, or what is missing."""
    facts, frame = load_facts(), compared_targets()
    rows = []
    for target in frame_rows(frame[frame["group"] == PUBLISHED]):
        fact = facts[target.fact]
        ours = "–" if target.verdict == CANNOT else _written(target.ours, fact.printed)
        rows.append(
            {
                _("Published result"): target.what,
                _("Printed"): ref(fact, "bare"),
                _("Ours"): ours,
                _("How far it comes"): _how_far(target),
            }
        )
    return long_table(pd.DataFrame(rows), classes=("long",))


def _how_far(target) -> str:
    if target.verdict == CANNOT:
        return _("cannot be replicated: {missing}").format(missing=_without_capital(target.missing))
    if target.verdict == REPRODUCED:
        near = _("within {tolerance}").format(tolerance=_percent(target.tolerance))
    else:
        near = _("{difference} off").format(difference=_percent(target.relative, sign=True))
    return f"{near}. {target.note or ''}".strip()


def _without_capital(text: str) -> str:
    return text[0].lower() + text[1:]


def _percent(share: float, sign: bool = False) -> str:
    text = numbers.number(100 * float(share)) + "\u00a0%"
    return ("+" if sign and share > 0 else "") + text


@computed
def target_texts() -> dict[str, str]:
    """Numbers of the targets and of the replications."""
    frame = compared_targets()
    published = frame[frame["group"] == PUBLISHED]
    exact = frame[frame["group"] != PUBLISHED]
    ours = frame.set_index("id")["ours"]
    return {
        "val_targets": str(len(exact)),
        "val_reproduced": str((exact["verdict"] == REPRODUCED).sum()),
        "val_published": str(len(published)),
        "val_published_near": str((published["verdict"] == REPRODUCED).sum()),
        "val_published_off": str((published["verdict"] == OFF).sum()),
        "val_published_cannot": str((published["verdict"] == CANNOT).sum()),
        "val_chua_carried": numbers.number(ours["chua.years.carried"], 2),
        "val_chua_ratio": numbers.number(ours["chua.years.ratio"], 2),
        "val_chua_rates": numbers.number(ours["chua.years.rates"], 2),
    }
