"""How numbers, intervals, dates and facts are written. Everything a reader sees passes through
here.
"""

from __future__ import annotations

import math
from datetime import date

from assessment.evidence import Fact
from assessment.presentation import words
from assessment.presentation.language import WRITTEN, _, said_in_data


def number(value: float, decimals: int = 0) -> str:
    """A number with the page's decimal and thousands marks and a true minus sign.

    >>> number(1300), number(-0.256, 2), number(12345.6, 1)
    ('1300', '−0.26', '12\\u202f345.6')
    """
    if not math.isfinite(value):
        return words.NOT_ESTIMABLE
    text = f"{abs(value):,.{decimals}f}"
    if abs(value) < 9999.5:  # four digits stay together
        text = text.replace(",", "")
    text = (
        text.replace(",", "\0").replace(".", words.DECIMAL_MARK).replace("\0", words.THOUSANDS_MARK)
    )
    negative = value < 0 and any(c in "123456789" for c in text)
    return f"−{text}" if negative else text


def printed(text: str | None) -> str:
    """A value as its source prints it ("0.40", "<0.001", "NE"), with the page's marks and its zeros
    kept; a limit that is not printed at all (None) is an error.
    """
    assert text is not None, "nothing is printed here"
    if text == "NE":
        return words.NOT_ESTIMABLE
    sign, digits = (text[0], text[1:]) if text[0] in "<>~" else ("", text)
    decimals = len(digits.partition(".")[2])
    return {"<": "<\u2009", ">": ">\u2009", "~": _("about\u00a0"), "": ""}[sign] + number(
        float(digits), decimals
    )


def with_unit(text: str, unit: str, value: float | None = None) -> str:
    """``text`` followed by its unit; singular when ``value`` is exactly 1."""
    one, many = words.UNITS.get(unit, ("", ""))
    return text + (one if value == 1 else many)


def interval(low: float, high: float, decimals: int = 1) -> str:
    """low–high with the page's range mark."""
    return f"{number(low, decimals)}{words.RANGE_MARK}{number(high, decimals)}"


def day(value: date) -> str:
    """A date in running text.

    >>> day(date(2025, 7, 23))
    '23 July 2025'
    """
    return WRITTEN.day.format(day=value.day, month=words.MONTHS[value.month - 1], year=value.year)


def partial_date(text: str) -> str:
    """An ISO date, year-month or year as text of the same precision ('2025-07' → 'July 2025')."""
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return day(date(*parts))
    return f"{words.MONTHS[parts[1] - 1]} {parts[0]}" if len(parts) == 2 else str(parts[0])


def fact_value(fact: Fact, decimals: int | None = None) -> str:
    """The value of a fact without interval or unit; derived values get ``decimals`` (default: as
    few as needed, at most two).
    """
    if fact.status == "unknown":
        return words.UNKNOWN
    if isinstance(fact.value, date):
        return day(fact.value)
    if isinstance(fact.value, str):
        return said_in_data(fact.value)  # a message where a translated page shows it
    if fact.value is None:  # only a range is stated
        return f"{printed(fact.printed_low)}{words.RANGE_MARK}{printed(fact.printed_high)}"
    if fact.printed is not None:
        return printed(fact.printed)
    if decimals is None:
        decimals = next(
            (d for d in (0, 1) if math.isclose(fact.value, round(fact.value, d), abs_tol=1e-9)),
            2 if abs(fact.value) < 10 and fact.unit != "percent" else 1,
        )
    return number(fact.value, decimals)


def fact_text(fact: Fact, style: str = "full", decimals: int | None = None) -> str:
    """A fact as prose shows it.

    ``style``: 'full' value, unit and interval; 'value' without interval; 'bare' the number alone.
    """
    text = fact_value(fact, decimals)
    if style == "bare" or fact.status == "unknown":
        return text
    text = with_unit(text, fact.unit, fact.value if isinstance(fact.value, float) else None)
    has_interval = (
        fact.value is not None
        and fact.printed_low is not None
        and not isinstance(fact.value, (str, date))
    )
    if style == "value" or not has_interval:
        return text
    return f"{text} ({fact_interval(fact)})"


def fact_interval(fact: Fact) -> str:
    """The interval of a fact as printed, low–high."""
    if fact.interval == "plus_minus":
        assert isinstance(fact.high, float)
        spread = fact.high - fact.number
        # 124 ± 1.2 has its decimal in the limits
        decimals = max(
            len((text or "").partition(".")[2]) for text in (fact.printed, fact.printed_low)
        )
        return f"±\u00a0{number(spread, decimals)}"
    return f"{printed(fact.printed_low)}{words.RANGE_MARK}{printed(fact.printed_high)}"
