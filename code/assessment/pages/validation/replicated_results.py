"""Results printed elsewhere beside ours."""

from __future__ import annotations

from math import floor, log10

import pandas as pd

from assessment.case.verification.published_ratio_audit import audit_ratios
from assessment.case.verification.targets import CANNOT, OFF, REPRODUCED, compare_targets
from assessment.evidence import load_facts, load_register, load_sources
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.validation.model_checks import counted, lower
from assessment.pages.validation.validation_words import WORDS
from assessment.presentation import numbers
from assessment.presentation.show import Table, ref


def _written(value: float, like: str | None = None) -> str:
    """A number with the digits that ``like`` is printed with, two where nothing is printed."""
    decimals = len(like.partition(".")[2]) if like else 2
    return numbers.number(value, min(decimals, 6))


def _gap(row) -> str:
    """The difference, or "none" where ours rounds to what is shown of the printed value."""
    same = (
        row.printed
        and float(row.printed)
        and _written(row.ours, row.printed) == _written(row.printed_value, row.printed)
    )
    return WORDS["none"] if same or row.difference == 0 else _small(row.difference)


def _small(value: float) -> str:
    """A difference with two significant digits."""
    decimals = min(max(1 - floor(log10(abs(value))), 0), 9)
    return numbers.number(value, decimals)


@cached_result(disk=True)
def _targets() -> pd.DataFrame:
    return compare_targets()


def _source(row) -> str:
    source = load_sources().get(row.source)
    short = f"{source.short}, {row.locator}" if source else row.locator
    return {
        "printed elsewhere": short,
        "worked from printed inputs": f"{WORDS['worked']} {short}",
        "closed form": f"{WORDS['own']}: {short}",
    }[row.standing]


def targets(group: str) -> Table:
    """Targets of one group ('textbook', 'analytic', 'norwegian'): printed, ours, difference."""
    frame, rows = _targets(), []
    for r in frame[frame["group"] == group].itertuples():
        like = r.printed if float(r.printed) else None
        row = {
            WORDS["target"]: f"{r.what} ({r.unit})",
            WORDS["printed"]: _written(r.printed_value, r.printed),
            WORDS["ours"]: _written(r.ours, like),
            WORDS["difference"]: _gap(r),
        }
        # Textbook models are cited in the text, once for each model and not in every row.
        rows.append(row if group == "textbook" else row | {WORDS["source"]: _source(r)})
    return Table(pd.DataFrame(rows), classes=("long",))


def replications() -> Table:
    """Published evaluations: printed, ours, and how far it comes, or what is missing."""
    facts, rows = load_facts(), []

    def how_near(r) -> str:
        if r.verdict == REPRODUCED:
            return WORDS["within"].format(tolerance=_percent(r.tolerance))
        return WORDS["beyond"].format(difference=_percent(r.relative, sign=True))

    for r in _targets()[_targets()["group"] == "published"].itertuples():
        verdict = (
            f"{WORDS['cannot']}: {lower(r.missing)}"
            if r.verdict == CANNOT
            else f"{how_near(r)}. {r.note or ''}".strip()
        )
        rows.append(
            {
                WORDS["study"]: r.what,
                WORDS["printed"]: ref(facts[r.fact], "bare"),
                WORDS["ours"]: (
                    "–" if r.verdict == CANNOT else _written(r.ours, facts[r.fact].printed)
                ),
                WORDS["verdict"]: verdict,
            }
        )
    return Table(pd.DataFrame(rows), classes=("long",))


@computed
def target_texts() -> dict[str, str]:
    """Numbers of the targets, replications and the audit for the chapter's sentences, as text."""
    t, a, items = _targets(), audit_ratios(), load_register("validation-status")
    exact, published, wrong = (
        t[t["group"] != "published"],
        t[t["group"] == "published"],
        a[a["verdict"] != "agrees"],
    )
    counts = {
        "targets": len(exact),
        "reproduced": (exact["verdict"] == REPRODUCED).sum(),
        "published": len(published),
        "published_near": (published["verdict"] == REPRODUCED).sum(),
        "published_off": (published["verdict"] == OFF).sum(),
        "published_cannot": (published["verdict"] == CANNOT).sum(),
        "ratios": len(a),
        "ratios_wrong": len(wrong),
        "open": (items["answer"] == "no").sum(),
        "items": len(items),
    }
    chua = t.set_index("id")["ours"]
    return (
        counted(counts)
        | {
            f"val_chua_{n}": numbers.number(chua[f"chua.years.{n}"], 2)
            for n in ("carried", "ratio", "rates")
        }
        | {
            "val_wrong_printed": numbers.printed(wrong["ratio"].iloc[0]),
            "val_wrong_quotient": numbers.number(wrong["quotient"].iloc[0]),
        }
    )


def _percent(share: float, sign: bool = False) -> str:
    text = numbers.number(100 * float(share)) + "\u00a0%"
    return ("+" if sign and share > 0 else "") + text
