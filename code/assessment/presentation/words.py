"""Words and number marks that many pages share, in the language of this edition."""

from assessment.case.definition import load_case
from assessment.presentation.language import WRITTEN, _, ngettext

CASE = load_case()

LANGUAGE = WRITTEN.tag
DECIMAL_MARK = WRITTEN.decimal
THOUSANDS_MARK = WRITTEN.thousands
RANGE_MARK = "–"
UNKNOWN = _("unknown")
NOT_ESTIMABLE = _("not estimable")

# Unit as written behind a value: (one, many). A leading space is a no-break space.
UNITS = {
    "months": (_("\u00a0month"), _("\u00a0months")),
    "years": (_("\u00a0year"), _("\u00a0years")),
    "days": (_("\u00a0day"), _("\u00a0days")),
    "weeks": (_("\u00a0week"), _("\u00a0weeks")),
    "hours": (_("\u00a0hour"), _("\u00a0hours")),
    "percent": ("\u00a0%", "\u00a0%"),
    "percent_change": ("\u00a0%", "\u00a0%"),
    "mg": (_("\u00a0mg"), _("\u00a0mg")),
    "mg_per_day": (_("\u00a0mg a day"), _("\u00a0mg a day")),
    "nm": (_("\u00a0nM"), _("\u00a0nM")),
    "litres": ("\u00a0L", "\u00a0L"),
    "litres_per_hour": ("\u00a0L/h", "\u00a0L/h"),
    "kg": (_("\u00a0kg"), _("\u00a0kg")),
    "nok": (_("\u00a0NOK"), _("\u00a0NOK")),
    "nok_per_qaly": (_("\u00a0NOK per QALY"), _("\u00a0NOK per QALY")),
    "nok_per_hour": (_("\u00a0NOK an hour"), _("\u00a0NOK an hour")),
    "nok_per_km": (_("\u00a0NOK/km"), _("\u00a0NOK/km")),
    "gbp": (_("\u00a0GBP"), _("\u00a0GBP")),
    "gbp_per_qaly": (_("\u00a0GBP per QALY"), _("\u00a0GBP per QALY")),
    "usd_per_qaly": (_("\u00a0USD per QALY"), _("\u00a0USD per QALY")),
    "cad_per_qaly": (_("\u00a0CAD per QALY"), _("\u00a0CAD per QALY")),
    "sek_per_qaly": (_("\u00a0SEK per QALY"), _("\u00a0SEK per QALY")),
    "qalys": (_("\u00a0QALY"), _("\u00a0QALYs")),
    "life_years": (_("\u00a0life year"), _("\u00a0life years")),
}

MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)

STATUS_MARKS = {
    "verified": "●",
    "copy": "□",
    "secondary": "○",
    "derived": "△",
    "assumption": "◆",
    "unknown": "?",
}
STATUS_NAMES = {
    "verified": _("verified"),
    "copy": _("copy"),
    "secondary": _("secondary"),
    "derived": _("derived"),
    "assumption": _("assumption"),
    "unknown": _("unknown"),
}
STATUS_MEANINGS = {
    "verified": _("read in the primary source, at its publisher"),
    "copy": _("its text read in a copy elsewhere"),
    "secondary": _("read in a source that cites or relays it"),
    "derived": _("our arithmetic on other facts"),
    "assumption": _("our assumption"),
    "unknown": _("looked for, not found"),
}
ANALYSIS_SETS = CASE.set_labels() | {"not_applicable": ""}
INTERVALS = {"ci95": _("95 % CI"), "range": _("range"), "plus_minus": _("as printed: ±")}
CARD = {
    "population": _("Who"),
    "analysis_set": _("Analysis set"),
    "status": _("Status"),
    "source": _("Source"),
    "read_in": _("Read in"),
    "checked": _("Checked"),
    "disagreement": _("Sources disagree"),
    "formula": _("Computed as"),
    "note": _("Note"),
    "row": _("See the row on the sources page"),
    "close": _("Close"),
    "interval": _("Interval"),
    "id": _("Name"),
}
NO_PRIMARY = _("itself; it names no source of its own")
QUOTED = _("Original wording")
TRANSLATED = {
    "ours": _("English: our rendering, not official"),
    "official": _("Official English wording"),
}
SOURCE_LINE = _("Source")
TABLE_BEHIND = _("Table")
ALL_ROWS = _("All {rows} rows")
FIGURE_LINK = {"link": _("Copy link"), "copied": _("Link copied")}
HOW_COMPUTED = {
    "one": _("How it is computed"),  # where no script can show and hide all of them
    "all": _("Show how it is computed"),
}
CONTROLS = _("Settings of this figure")

# The status line on every page and in print, what a late check says, and how an error is told.
STATUS_LINE = {
    "version": _("Version"),
    "checked": _("All sources checked"),
    "due": _("next due"),
    "page_checked": _("Sources checked"),
    "text": _("Text last changed"),
    "conflicts": _("{n} open questions on which sources disagree"),
    "page_conflicts": _("Open questions: {n} here, {all} in the book"),
    "new": _("{n} new since your last visit"),
    "pdf": _("PDF of this version"),
    "late": _("Overdue, days: {days}. News may be missing."),
    "stopped": _(
        "Not kept up to date, days overdue: {days}. Read this as a record of the day it was"
        " checked."
    ),
}
REPORT = {"ask": _("Found an error?"), "quote": _("Please quote"), "subject": _("Error in {what}")}
COMPUTED = {
    "title": _("Computed for this book"),
    "by": _("Computed by"),
    "from": _("From"),
    "here": _("the code of this page"),
    "assumed": _("{n} of them assumptions"),
    "and": _(" and "),
    "nothing": _("no fact: settings in the code, made-up patients or printed examples"),
    "more": _("and {n} more"),
    "same": _("{inputs}, the same as {function}"),
    "row": _("See its entry among computed numbers"),
    "made": _("Computed by {function} from {what}."),
    "shown": _("Shown in"),
}


def facts_counted(n: int) -> str:
    """So many facts, in words."""
    return ngettext("{n} fact", "{n} facts", n).format(n=n)


FOUND = {"fact": _("fact"), "term": _("term"), "figure": _("figure")}
CITE = {
    "text": _("Reference list"),
    "download": _("Download the file"),
    "copy": _("Copy"),
    "copied": _("Copied"),
}
DATA_PAGE = {
    "archive": _("Download all tables with their descriptor (zip)"),
    "unpacked": _("the tables have {mb} MB unpacked"),
    "rows": _("{rows} rows, {fields} fields."),
    "fields": _("Fields"),
    "field": _("Field"),
    "type": _("Type"),
    "meaning": _("Meaning"),
    "allowed": _("One of"),
}
READING_EASE = _(
    "This page has {words} words. Reading ease, computed from the text above: LIX {lix} (below 40"
    " is easy, above 50 hard), Flesch {flesch} (from 60 is plain English, higher is easier)."
)
FEED = {
    "title": _("What changed in the assessment of {drug} in {disease}").format(**CASE.names()),
    "from_to": _("From {before} to {after}."),
    "effect": _("Effect"),
    "conclusion": _("Conclusion changed"),
}
PLAIN_INDEX = {
    "what": _(
        "A living assessment, in the form of a book, of {drug} ({brand}) in {disease} for {country}"
        " (case {assessment}). Every number has a source with locator, a status and a date, or is"
        " computed from such numbers. Independent work, not medical advice."
    ).format(**CASE.names()),
    "pages": _("Pages"),
    "data": _("Data"),
    "none": _("tables only"),
}
EARLIER = {
    "kept": _("Each released version is kept as it was, with all its results."),
    "list": _("List of released versions"),
    "no_address": _(
        "Where the book is published, each released version is kept as it was under its own address."
        " This copy has no address, so there is nothing to link to; the table above gives the results"
        " by version."
    ),
}
PDF_EDITIONS = {
    "brief": _("The brief (PDF): what decision makers read"),
    "whole": _("The full report (PDF)"),
}
FORMULA = _("Formula")

# What the marks behind numbers mean, at the foot of every page; the mark ≠ has no status of its own.
LEGEND = {
    "marks": _("Marks behind numbers"),
    "disagree": _("sources disagree"),
    "how": _("Point at, tap or focus a number to see its source."),
    "not_official": _("Independent work: not a document of {agency}, and not medical advice."),
}
# Said at the top of a page of an edition in another language.
UNTRANSLATED_PAGE = _("This page has not been translated yet. Its text is in English.")
