"""What moved, why, and whether it mattered, in sentences: on the page, in the feed and for a release."""

from __future__ import annotations

from assessment.case.definition import load_case
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.attribution.attributed import (
    METHOD,
    WHOLE,
    AttributedChange,
    Comparison,
    Part,
    latest,
)
from assessment.presentation import numbers
from assessment.presentation.language import _

NOK_STEP = 10  # kroner of a pack to which parts are told
W = {
    "rule": _(
        "The conclusion counts as changed if, in any cohort, one of three answers of the base case in"
        " expected values is another: whether the drug is worth its assumed price at the reference value"
        " of its severity class, whether any price of a pack is enough for that value, or the class. A"
        " single change has changed it if an answer turns when the change is made before all others, or"
        " after all others."
    ),
    "none": _("No comparison with an earlier version has been made yet."),
    "unchanged": _("No fact that the model reads has changed since the version of {day}."),
    "since": _(
        "Version {version} against the book of {day} ({since}). Changes of the data that moved a result:"
        " {count}; what the method did stands apart."
    ),
    "from_to": _("{what}: {after} instead of {before}."),
    "plain": _("{what}."),
    "price": _("Price of a pack that is enough: {moves}."),
    "price_same": _("The price of a pack that is enough stays."),
    "class_same": _("The severity class stays."),
    "class_moves": _("The severity class moves: {moves}."),
    "yes": _("Conclusion changed: yes ({turned})."),
    "no": _("Conclusion changed: no."),
    "more": _("{amount} NOK more in {cohort}"),
    "less": _("{amount} NOK less in {cohort}"),
    "hardly": _("less than {amount} NOK in {cohort}"),
    "of_class": _("{before} to {after} in {cohort}"),
}
TURNED = {
    "worth_it": _("whether it is worth the assumed price, {cohort}"),
    "price_is_enough": _("whether any price is enough, {cohort}"),
    "severity_class": _("the severity class, {cohort}"),
}


def named(cohort: str) -> str:
    """A cohort's label."""
    return load_case().cohort_labels().get(cohort, cohort)


def turned_words(change: AttributedChange) -> str:
    """Which answers of the conclusion are another, with the cohort."""
    return "; ".join(TURNED[name].format(cohort=named(cohort)) for cohort, name in change.turned)


def verdict(change: AttributedChange) -> str:
    """Whether the conclusion changed, as a sentence."""
    if change.conclusion_changed:
        return W["yes"].format(turned=turned_words(change))
    return W["no"]


def summary(change: AttributedChange) -> str:
    """What moved, why, its effect on price and class, and whether the conclusion changed."""
    if change.before and change.after:
        what = W["from_to"].format(what=change.what, before=change.before, after=change.after)
    else:
        what = W["plain"].format(what=change.what)
    parts = [what, change.why, _price(change), _class(change), verdict(change)]
    return " ".join(part for part in parts if part)


def _of(change: AttributedChange, outcome: str) -> dict[str, Part]:
    return {cohort: part for (cohort, name), part in change.parts.items() if name == outcome}


def _price(change: AttributedChange) -> str:
    shares = {cohort: part.share for cohort, part in _of(change, "price").items()}
    known = {cohort: share for cohort, share in shares.items() if share is not None}
    if not any(known.values()):
        return W["price_same"] if known else ""
    return W["price"].format(moves="; ".join(_moved(*one) for one in known.items()))


def _moved(cohort: str, share: float) -> str:
    whole = NOK_STEP * round(abs(share) / NOK_STEP)
    if not whole:
        return W["hardly"].format(amount=numbers.number(NOK_STEP), cohort=named(cohort))
    words = W["more"] if share > 0 else W["less"]
    return words.format(amount=numbers.number(whole), cohort=named(cohort))


def _class(change: AttributedChange) -> str:
    moved = {
        cohort: (part.before, part.after)
        for cohort, part in _of(change, "severity_class").items()
        if part.before is not None and part.before != part.after
    }
    if not moved:
        return W["class_same"]
    told = [
        W["of_class"].format(
            before=numbers.number(before), after=numbers.number(after), cohort=named(cohort)
        )
        for cohort, (before, after) in moved.items()
    ]
    return W["class_moves"].format(moves="; ".join(told))


def opening(found: Comparison | None) -> str:
    """What is compared with what, and how much changed, in one or two sentences."""
    if found is None:
        return W["none"]
    day = numbers.partial_date(found.since_day)
    if not found.of_data():
        return W["unchanged"].format(day=day)
    return W["since"].format(
        version=found.version,
        day=day,
        since=found.since,
        count=numbers.number(len(found.of_data())),
    )


def told_changes(found: Comparison | None) -> tuple[AttributedChange, ...]:
    """The changes that feed and release text tell: all together, then each with a part of its own."""
    if found is None:
        return ()
    whole = found.one(WHOLE)
    moved = [c for c in found.split() if c.id != METHOD or any(p.share for p in c.parts.values())]
    return (*([whole] if whole and moved else []), *moved)


@computed
def attribution_texts() -> dict[str, str]:
    """The opening, the rule and its outcome for all changes together."""
    found = latest()
    whole = found.one(WHOLE) if found else None
    return {
        "attribution_opening": opening(found),
        "attribution_rule": W["rule"],
        "attribution_outcome": verdict(whole) if whole else W["none"],
    }
