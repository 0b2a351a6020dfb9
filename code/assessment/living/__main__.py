"""``python -m assessment.living``: looks at every source once; ``--source`` names one of them.

Writes ``data/watch/snapshots``, ``data/watch/findings.csv`` and ``data/source_checks.csv``, and what is to be
told into ``_build/watch/messages``. Ends with 2 when no source could be reached, or nothing written
down; one that was not reached is told by its row and, after its interval, by the book itself.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from datetime import UTC, date, datetime, timedelta

from assessment.evidence import ROOT, DataError, read_table
from assessment.living.adapters.watched_source import load_watched
from assessment.living.asking.manners import load_manners, load_rules
from assessment.living.asking.polite_client import PoliteClient
from assessment.living.findings.findings_log import load_findings
from assessment.living.findings.messages import messages, write_messages
from assessment.living.snapshots.run_lock import AlreadyRunning, only_one
from assessment.living.watch_run import NOT_REACHED, Places, look_at_all

CONTACT = ("ASSESSMENT_REPORT_ADDRESS", "ASSESSMENT_SITE_ADDRESS")


def main(wanted: list[str] | None = None) -> int:
    """Runs the command; its exit code."""
    parser = argparse.ArgumentParser(description="Looks at every source once.")
    parser.add_argument("--source", default="", help="the id of one source")
    only = parser.parse_args(wanted).source
    try:
        sources = [source for source in load_watched() if only in ("", source.id)]
        with only_one(ROOT / "_build" / "watch" / "lock"):
            return _look(sources)
    except (DataError, AlreadyRunning) as fault:
        print(fault)
        return 2


def _look(sources: list) -> int:
    today = datetime.now(UTC).date().isoformat()
    if not sources:
        print("There is no such source in data/watch/sources.csv: nothing to look at.")
        return 0
    latest = max(row["date"] for row in read_table("source-checks"))
    if today < latest:
        print(
            f"This machine says {today}, but the last look was {latest}: set its clock, then try again."
        )
        return 2
    contact = next((os.environ[name] for name in CONTACT if os.environ.get(name)), "")
    manners, rules, places = load_manners(contact), load_rules(), Places()
    try:
        looked = look_at_all(sources, lambda: PoliteClient(manners), today, rules, places)
        told = messages(load_findings(), {s.id: s for s in load_watched()}, _months(today))
        files = write_messages(ROOT / "_build" / "watch" / "messages", told)
    except OSError as fault:
        print(
            f"What was looked at could not be written down, so it counts as not looked at: {fault}"
        )
        return 2
    for one in looked:
        print(f"  {one.source}: {one.outcome}. {one.said}")
    print(f"{len(files)} messages in _build/watch/messages.")
    _set_out(places)
    return 2 if all(one.outcome == NOT_REACHED for one in looked) else 0


def _months(today: str) -> list[str]:
    """This month and the one before, whose last findings may not have been posted."""
    first = date.fromisoformat(today).replace(day=1)
    return [(first - timedelta(days=1)).isoformat()[:7], today[:7]]


def _set_out(places: Places) -> None:
    """Copies of all that a look writes, in one folder, for the job that commits them."""
    folder = places.data.parent / "_build" / "watch" / "looked"
    shutil.rmtree(folder, ignore_errors=True)
    written = [
        places.data / "source_checks.csv",
        places.data / "watch" / "findings.csv",
        *places.snapshots.glob("*.json"),
    ]
    for file in written:
        copy = folder / file.relative_to(places.data.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


if __name__ == "__main__":
    sys.exit(main())
