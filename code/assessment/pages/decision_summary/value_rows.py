"""What is gained and what it costs, as rows of the summary of findings."""

from __future__ import annotations

from assessment.case.model import decision_runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.indirect_comparisons import contrasts
from assessment.case.trial.trial import BASE_SET
from assessment.evidence import load_facts
from assessment.pages.comparisons.indirect.indirect_words import ratio_text
from assessment.pages.decision_summary.certainty_notes import note
from assessment.pages.decision_summary.summary_row import Cell, Row, row
from assessment.pages.economics.base_case import base_case_texts
from assessment.pages.economics.comparators.estimate_words import format_price_range
from assessment.pages.economics.severity.class_ranges import class_answer, shortfall_answer
from assessment.pages.economics.shared.case_words import price_words
from assessment.pages.economics.shared.model_answers import (
    class_value,
    cost_answer,
    gain_answer,
    price_answer,
    said_once,
    share_worth_it,
    stated_value,
)
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.money_format import format_nok, format_share
from assessment.presentation.show import Ref

OTHER_DRUG = "everolimus"


def value_rows() -> list[Row]:
    """Rows of the model against placebo."""
    own = said_once(lambda cohort: format_nok(class_value(cohort)))
    stated = format_nok(stated_value())
    told = base_case_texts.texts()
    return [
        row(
            _("Health gained, QALYs"),
            gain_answer,
            told["base_zero"],
            on_front=True,
        ),
        row(
            _("Added cost of a patient"),
            cost_answer,
            _(
                "At an assumed price of {price} a pack; the Norwegian price is not published."
            ).format(price=told["base_price"]),
            on_front=True,
        ),
        row(
            _("Chance that it is worth the assumed price"),
            lambda cohort: format_share(share_worth_it(cohort, class_value(cohort))),
            _("If a QALY may cost {value}, as once proposed for this severity.").format(value=own),
        ),
        row(
            _("Price of a pack that would be enough, at {value} a QALY").format(value=own),
            lambda cohort: price_answer(cohort, class_value(cohort)),
            _("The value proposed for this severity, never adopted."),
            on_front=True,
        ),
        row(
            _("Price of a pack that would be enough, at {value} a QALY").format(value=stated),
            lambda cohort: price_answer(cohort, stated_value()),
            _("The value that Norwegian policy states for health lost elsewhere."),
        ),
    ]


def need_rows() -> list[Row]:
    """How severe the disease is, and how many have it."""
    return [
        row(
            _("Healthy years lost to the disease"),
            shortfall_answer,
            _("Computed; they hang on the age at which treatment starts, which is assumed."),
        ),
        row(
            _("Severity class, of six"),
            class_answer,
            _("By a scale that was proposed and never adopted."),
            on_front=True,
        ),
        Row(
            _("Patients a year"),
            _patients(),
            _("DMP's estimate for both together; how it was reached is not published."),
            on_front=True,
        ),
    ]


def _patients() -> tuple[Cell, ...]:
    """How many patients the agency expects: it counts the cohorts together."""
    expected = load_facts()["norway.patients.eligible.n"]
    together = _("{n} in all").format(n=numbers.fact_text(expected, "bare"))
    return Ref(expected.id, together), *(_("counted together"),) * (len(COHORTS) - 1)


def other_drug_rows() -> list[Row]:
    """Rows against the drug that a patient would otherwise be given."""
    return [
        row(
            _("Growth of the tumour or death: hazard ratio"),
            _indirect_ratio,
            note(),
        ),
        *(_other_price_row(kind) for kind in _prices_against(COHORTS[0])),
    ]


def _other_price_row(kind: str) -> Row:
    label = _("Price of a pack that would be enough ({drug}, {kind})").format(
        drug=OTHER_DRUG, kind=price_words(kind) or _("price before generics")
    )
    return row(label, lambda cohort: _prices_against(cohort)[kind])


def _indirect_ratio(cohort: str) -> Cell:
    return next(
        ratio_text(one.ratio)
        for one in contrasts()
        if (one.group, one.against, one.analysis_set) == (cohort, OTHER_DRUG, BASE_SET) and one.like
    )


def _prices_against(cohort: str) -> dict[str, str]:
    """By which price of the other drug it is: the price that would be enough at the class's value."""
    return {
        one.price_kind: format_price_range(one.result.price[one.result.values[1]])
        for one in decision_runs.comparisons(cohort)
        if one.comparator == OTHER_DRUG
    }
