"""What feed and release text say of a version: each change and whether it mattered, and open findings."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.pages.attribution.attributed import latest
from assessment.pages.attribution.attribution_words import opening, summary, told_changes
from assessment.pages.registers.unjudged_findings import open_findings
from assessment.presentation.language import _

W = {
    "head": _("What changed, and did it matter"),
    "found": _("Found by the watch, and open"),
    "matter": _("Did it matter: {what}"),
}


@dataclass(frozen=True)
class Told:
    """One entry of the feed: ``name`` is the same for the same news; ``day`` as ISO."""

    name: str
    day: str
    title: str
    text: str


def told() -> list[Told]:
    """The entries of the feed beside the register of changes: those of the latest comparison, then open
    findings that could matter. Days begin with the date; a text is one to five sentences.
    """
    news = [
        Told(
            f"{found.version} {change.id} {change.after}",
            found.day,
            W["matter"].format(what=change.what),
            summary(change),
        )
        for found in filter(None, [latest()])
        for change in told_changes(found)
    ]
    return news + [
        Told(one.id, one.day, f"{W['found']}: {one.source}", one.text) for one in open_findings()
    ]


def release_text() -> str:
    """The part of a release's notes about data, in Markdown: what is compared, then an item for each
    change and each open finding.
    """
    found = latest()
    lines = [f"## {W['head']}", "", opening(found), ""]
    lines += [f"- {summary(change)}" for change in told_changes(found)]
    if findings := open_findings():
        lines += ["", f"## {W['found']}", "", *(f"- {one.text}" for one in findings)]
    return "\n".join(lines).rstrip() + "\n"
