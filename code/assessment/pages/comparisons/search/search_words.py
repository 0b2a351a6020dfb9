"""Words of the search for trials."""

from __future__ import annotations

from assessment.presentation.language import _

IN = "in"
# State of a trial in the register → why it is not in the network, in the order of the flow
REASONS = {
    "other_disease": _("another disease stage or aim"),
    "earlier_question": _("before other treatment"),
    "schedule": _("schedules of one treatment"),
    "combination": _("adds a drug to a comparator"),
    "not_an_alternative": _("drug is no alternative here"),
    "unjoined": _("no arm in common with the rest"),
    "no_result": _("no result found"),
}
# How a trial joins, by the register of the network
JOINS = {
    "yes": _("control is placebo"),
    "through": _("over another drug"),
    "assumed": _("by an assumption"),
}
