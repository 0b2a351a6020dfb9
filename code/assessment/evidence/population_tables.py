"""Population tables of the country: mortality, utility norms, discount rates, severity classes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.object_arguments import choice, place
from assessment.evidence.csv_tables import read_table, resources
from assessment.evidence.paths import DATA, REFERENCES
from assessment.evidence.problems import DataError, Problem
from assessment.evidence.read_log import log_read
from assessment.evidence.sources import checked_sources

TABLES = ("life-table", "hrqol-norms", "discount-schedule", "severity-classes", "remaining-qalys")


@taking(name=choice(*TABLES), data=place)
def load_population_table(name: str, data: Path = DATA) -> pd.DataFrame:
    """One of TABLES as a data frame, checked for gaps.

    Its source, locator, status and date checked are in ``.attrs``, for every table holds the values
    of one document. Raises DataError when ages or years do not follow one another or the source is
    not in the bibliography.
    """
    log_read(tables=(name,))
    return _load(name, data).copy()  # the caller's own, to change at will


@lru_cache(maxsize=16)
def _load(name: str, data: Path) -> pd.DataFrame:
    rows = read_table(name, data)
    frame = pd.DataFrame(rows).drop(columns=["_row", "_file"])
    resource = next(r for r in resources(data) if r["name"] == name)
    frame.attrs = dict(resource["provenance"])
    problems = _gaps(name, frame, rows)
    references = data.parent / "references" / REFERENCES.name
    for key in ("source", "read_in"):
        cited = frame.attrs.get(key)
        if cited and cited not in checked_sources(references):
            problems.append(
                Problem(
                    "data/datapackage.json",
                    None,
                    f"{name}.provenance.{key}",
                    cited,
                    "a key of references/references.bib",
                    "correct the key",
                )
            )
    if problems:
        raise DataError(problems)
    return frame


def _gaps(name: str, frame: pd.DataFrame, rows: list[dict]) -> list[Problem]:
    """Ages and bands must follow one another without gap or overlap."""
    if name in ("life-table", "remaining-qalys"):
        starts, ends = frame["age"].to_numpy(), frame["age"].to_numpy() + 1
        field = "age"
    elif name == "severity-classes":
        starts, ends = (
            frame["absolute_shortfall_from"].to_numpy(float),
            frame["absolute_shortfall_below"].to_numpy(float),
        )
        field = "absolute_shortfall_from"
    else:
        field = "age_from" if name == "hrqol-norms" else "year_from"
        starts, ends = (
            frame[field].to_numpy(),
            frame[field.replace("from", "to")].to_numpy(float) + 1,
        )
    wrong = np.flatnonzero(starts[1:] != ends[:-1]) + 1
    return [
        Problem(
            rows[i]["_file"],
            rows[i]["_row"],
            field,
            starts[i],
            f"{ends[i - 1]:g}, where the row before ends",
            "add the missing row, or correct the bounds",
        )
        for i in wrong
    ]
