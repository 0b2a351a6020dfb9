"""What is told, as texts for issues: one for each finding that interrupts, one a month for the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from assessment.evidence.provenance.result_cache import write_whole
from assessment.living.adapters.watched_source import WatchedSource
from assessment.living.findings.finding import OPEN, Finding

MARK = "<!-- assessment watch: {key} -->"
ASKS = (
    "This is a proposal: no text, fact or result has been changed. Look at the source, then write what it"
    " means into `judged` of its row in `data/watch/findings.csv`: not relevant, noted or consequential."
)
SHOWN = 400


def messages(
    found: Sequence[Finding], sources: Mapping[str, WatchedSource], months: Sequence[str]
) -> dict[str, tuple[str, str]]:
    """{key: (title, text)} of what is open: a message for each finding that interrupts and that nobody has
    judged, whenever it was found, since an earlier run may have failed to post it; and the digest of each
    of ``months`` (2026-11), which grows until the month is over. A month without anything to tell has none.
    """
    told = {}
    for finding in found:
        if finding.level == "interrupt" and finding.judged == OPEN:
            label = (
                sources[finding.watched].label if finding.watched in sources else finding.watched
            )
            title = f"{label}: {_plain(finding.item)}, {finding.field}"
            told[f"finding-{finding.id}"] = (title[:200], f"{_said(finding, sources)}\n{ASKS}\n")
    for month in months:
        some = [f for f in found if f.level == "digest" and f.day[:7] == month]
        if some:
            body = "\n".join(_said(finding, sources) for finding in some)
            told[f"digest-{month}"] = (f"What the sources said in {month}", f"{body}\n{ASKS}\n")
    return told


def write_messages(folder: Path, told: Mapping[str, tuple[str, str]]) -> list[Path]:
    """One file for each message, named by its key: the mark by which its issue is found again, the title
    as a heading, the text. Files of earlier runs go.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    files = []
    for key, (title, text) in told.items():
        files.append(folder / f"{key}.md")
        write_whole(files[-1], f"{MARK.format(key=key)}\n# {title}\n\n{text}".encode())
    return files


def _said(finding: Finding, sources: Mapping[str, WatchedSource]) -> str:
    source = sources.get(finding.watched)
    lines = [
        f"### {source.label if source else finding.watched}: {_plain(finding.item)}",
        "",
        f"- Looked at {finding.day}: <{source.address if source else ''}>",
        f"- What: {finding.field}",
        f"- Before: {_quoted(finding.old)}",
        f"- Now: {_quoted(finding.new)}",
        f"- Facts: {_quoted(finding.touches)}",
        f"- Inputs of the model: {_quoted(finding.inputs)}",
    ]
    if finding.swing_nok is not None:
        lines.append(
            f"- Could move the price that is enough by up to {finding.swing_nok:,.0f} NOK a pack"
        )
    return "\n".join([*lines, f"- Told because: {finding.why}", ""])


def _plain(text: str) -> str:
    """Words of others as one line that names nobody and formats nothing."""
    return re.sub(r"[^\w .,:;/()-]", " ", text)[:120]


def _quoted(text: str) -> str:
    """Words of others as code, in which no mark, link or name has an effect."""
    text = text.replace("`", "'")
    return f"`{text[:SHOWN]}{' …' if len(text) > SHOWN else ''}`" if text else "nothing"
