"""What a field of ``data/datapackage.json`` may say about its cells, checked before it is believed."""

from __future__ import annotations

import re
from collections.abc import Iterator

TYPES = ("string", "number", "integer")
# Columns that are computed with: as text they would stop a calculation, far from here.
NUMERIC_COLUMNS = {
    "units": {"minimum": "number", "maximum": "number"},
    "conflict-claims": {"order": "integer"},
    "headline-steps": {"change": "integer", "million_nok_per_qaly": "number"},
    "attributed-changes": {"told_in": "integer"},
    "attribution": {
        "before": "number",
        "after": "number",
        "share": "number",
        "standard_error": "number",
    },
    "process-steps": {"step": "integer"},
    "treatment-sequence": {"step": "integer"},
    "trial-searches": {"hits": "integer"},
    "trials-found": {"year": "integer"},
    "reporting-items": {"number": "integer"},
    "upkeep": {"days": "integer"},
    "assumption-owners": {"days": "integer"},
    "watch-rules": {"value": "number"},
    "watch-sources": {"interval_days": "integer"},
    "watch-findings": {"swing_nok": "number"},
    "model-inputs": {"price_year": "integer"},
    "targets": {"tolerance": "number"},
    "life-table": {"age": "integer", "death_probability": "number"},
    "hrqol-norms": {"age_from": "integer", "age_to": "integer", "utility": "number"},
    "discount-schedule": {"year_from": "integer", "year_to": "integer", "annual_rate": "number"},
    "severity-classes": {
        "class": "integer",
        "absolute_shortfall_from": "number",
        "absolute_shortfall_below": "number",
        "weight": "number",
    },
    "remaining-qalys": {
        "age": "integer",
        "remaining_life_years": "number",
        "remaining_qalys": "number",
    },
}


def field_faults(table: str, field: dict) -> Iterator[tuple[str, object, str]]:
    """(part of the field, what stands there, what is allowed) for each fault of a field."""
    for part in ("name", "type", "description"):
        if not isinstance(field.get(part), str):
            yield part, field.get(part), "text"
            return
    numeric = NUMERIC_COLUMNS.get(table, {}).get(field["name"])
    if numeric and field["type"] != numeric:
        yield "type", field["type"], f"{numeric}, because this column is computed with"
    elif field["type"] not in TYPES:
        yield "type", field["type"], "one of " + ", ".join(TYPES)
    rules = field.get("constraints", {})
    if not isinstance(rules, dict):
        yield "constraints", rules, "rules by their names, in braces"
        return
    choices = rules.get("enum", [""])
    texts = isinstance(choices, list) and all(isinstance(one, str) for one in choices)
    if not choices or not texts:
        yield "constraints.enum", choices, "a list of texts in square brackets"
    if "pattern" in rules and not _is_pattern(rules["pattern"]):
        yield "constraints.pattern", rules["pattern"], "a regular expression in quotes"
    for bound in ("minimum", "maximum"):
        if bound in rules and (field["type"] == "string" or not _is_number(rules[bound])):
            yield (
                f"constraints.{bound}",
                rules[bound],
                "a number without quotes, for a column of numbers",
            )
    for switch in ("required", "unique"):
        if not isinstance(rules.get(switch, True), bool):
            yield f"constraints.{switch}", rules[switch], "true or false, without quotes"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_pattern(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(re.compile(value.strip("^$")))
    except re.error:
        return False
