"""Words and number marks shown to readers, in one place, so that a second language changes this
file and the chapters only.
"""

from assessment.case.definition import load_case

CASE = load_case()

LANGUAGE = "en-GB"
DECIMAL_MARK = "."
THOUSANDS_MARK = "\u202f"
RANGE_MARK = "–"
UNKNOWN = "unknown"
NOT_ESTIMABLE = "not estimable"

# Unit as written behind a value: (one, many). A leading space is a no-break space.
UNITS = {
    "months": ("\u00a0month", "\u00a0months"),
    "years": ("\u00a0year", "\u00a0years"),
    "days": ("\u00a0day", "\u00a0days"),
    "weeks": ("\u00a0week", "\u00a0weeks"),
    "hours": ("\u00a0hour", "\u00a0hours"),
    "percent": ("\u00a0%", "\u00a0%"),
    "percent_change": ("\u00a0%", "\u00a0%"),
    "mg": ("\u00a0mg", "\u00a0mg"),
    "mg_per_day": ("\u00a0mg a day", "\u00a0mg a day"),
    "nm": ("\u00a0nM", "\u00a0nM"),
    "litres": ("\u00a0L", "\u00a0L"),
    "litres_per_hour": ("\u00a0L/h", "\u00a0L/h"),
    "kg": ("\u00a0kg", "\u00a0kg"),
    "nok": ("\u00a0NOK", "\u00a0NOK"),
    "nok_per_qaly": ("\u00a0NOK per QALY", "\u00a0NOK per QALY"),
    "nok_per_hour": ("\u00a0NOK an hour", "\u00a0NOK an hour"),
    "nok_per_km": ("\u00a0NOK/km", "\u00a0NOK/km"),
    "gbp": ("\u00a0GBP", "\u00a0GBP"),
    "gbp_per_qaly": ("\u00a0GBP per QALY", "\u00a0GBP per QALY"),
    "usd_per_qaly": ("\u00a0USD per QALY", "\u00a0USD per QALY"),
    "cad_per_qaly": ("\u00a0CAD per QALY", "\u00a0CAD per QALY"),
    "sek_per_qaly": ("\u00a0SEK per QALY", "\u00a0SEK per QALY"),
    "qalys": ("\u00a0QALY", "\u00a0QALYs"),
    "life_years": ("\u00a0life year", "\u00a0life years"),
}

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

STATUS_MARKS = {
    "verified": "●",
    "secondary": "○",
    "derived": "△",
    "assumption": "◆",
    "unknown": "?",
}
STATUS_MEANINGS = {
    "verified": "read in the primary source",
    "secondary": "read in a source that cites the primary one",
    "derived": "our arithmetic on other facts",
    "assumption": "our assumption",
    "unknown": "looked for, not found",
}
ANALYSIS_SETS = CASE.set_labels() | {"not_applicable": ""}
INTERVALS = {"ci95": "95 % CI", "range": "range", "plus_minus": "as printed: ±"}
CARD = {
    "population": "Who",
    "analysis_set": "Analysis set",
    "status": "Status",
    "source": "Source",
    "read_in": "Read in",
    "checked": "Checked",
    "disagreement": "Sources disagree",
    "formula": "Computed as",
    "note": "Note",
    "row": "See the row on the sources page",
    "interval": "Interval",
    "id": "Name",
}
QUOTED = "Original wording"
TRANSLATED = {
    "ours": "English: our rendering, not official",
    "official": "Official English wording",
}
SOURCE_LINE = "Source"
TABLE_BEHIND = "Table behind this figure"
DOWNLOAD_CSV = "Download as CSV"
DOWNLOAD_SVG = "picture (SVG)"
DOWNLOAD_PNG = "picture (PNG)"
CONTROLS = "Settings of this figure"

# The status line on every page and in print, what a late check says, and how an error is told.
STATUS_LINE = {
    "version": "Version",
    "evidence": "Evidence as of",
    "checked": "Sources checked",
    "due": "next due",
    "conflicts": "{n} open disagreements between sources",
    "pdf": "PDF of this version",
    "late": "Overdue, days: {days}. News may be missing.",
    "stopped": (
        "Not kept up to date, days overdue: {days}. Read this as a record of the day it was"
        " checked."
    ),
}
REPORT = {"ask": "Found an error?", "quote": "Please quote", "subject": "Error in {what}"}
COMPUTED = {
    "title": "Computed for this book",
    "by": "Computed by",
    "from": "From",
    "here": "the code of this page",
    "facts": ("{n} fact", "{n} facts"),
    "assumed": "{n} of them assumptions",
    "and": " and ",
    "nothing": "no fact: settings in the code, made-up patients or printed examples",
    "more": "and {n} more",
    "row": "See its entry among computed numbers",
    "made": "Computed by {function} from {what}.",
    "shown": "Shown in",
}
FOUND = {"fact": "fact", "term": "term", "figure": "figure"}
CITE = {
    "text": "Reference list",
    "download": "Download the file",
    "copy": "Copy",
    "copied": "Copied",
}
DATA_PAGE = {
    "archive": "Download all tables with their descriptor (zip)",
    "unpacked": "{mb} MB unpacked",
    "rows": "{rows} rows, {fields} fields.",
    "fields": "Fields",
    "field": "Field",
    "type": "Type",
    "meaning": "Meaning",
    "allowed": "One of",
}
READING_EASE = (
    "This page has {words} words. Reading ease, computed from the text above: LIX {lix} (below 40"
    " is easy, above 50 hard), Flesch {flesch} (from 60 is plain English, higher is easier)."
)
FEED = {
    "title": "What changed in the assessment of {drug} in {disease}".format(**CASE.names()),
    "from_to": "From {before} to {after}.",
    "effect": "Effect",
    "conclusion": "Conclusion changed",
}
PLAIN_INDEX = {
    "what": (
        "A living assessment, in the form of a book, of {drug} ({brand}) in {disease} for {country}"
        " (case {assessment}). Every number has a source with locator, a status and a date, or is"
        " computed from such numbers. Independent work, not medical advice."
    ).format(**CASE.names()),
    "pages": "Pages",
    "data": "Data",
    "none": "tables only",
}
FORMULA = "Formula"
