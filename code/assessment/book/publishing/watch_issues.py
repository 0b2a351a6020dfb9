"""``python -m assessment.book.publishing.watch_issues``: posts what the watch has to tell, each message
as one issue: opened once, brought up to date where its text has changed, and never opened again when a
person has closed it, but for a digest that has grown since.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from assessment.book.publishing.github_api import GitHub, GitHubError, give_up
from assessment.book.publishing.weekly_report import AUTHOR

ROOT = Path(__file__).resolve().parents[4]
MARK = re.compile(r"<!-- assessment watch: ([a-z0-9-]+) -->")
LONGEST = 60_000  # GitHub takes 65,536 characters


def read_messages(folder: Path) -> dict[str, tuple[str, str]]:
    """{key: (title, text with its mark)} of the files that the watch wrote."""
    found = {}
    for file in sorted(folder.glob("*.md")):
        mark, _, rest = file.read_text(encoding="utf-8").partition("\n")
        title, _, text = rest.partition("\n")
        key = MARK.fullmatch(mark)
        if key and title.startswith("# "):
            found[key[1]] = (title[2:], f"{mark}\n{text.strip()}\n"[:LONGEST])
    return found


def post(github: GitHub, told: dict[str, tuple[str, str]]) -> list[str]:
    """What was done with each message."""
    there: dict[str, dict] = {}
    for issue in github.get_all(
        "issues?state=all&creator=" + AUTHOR.replace("[", "%5B").replace("]", "%5D")
    ):
        key = MARK.match(issue["body"] or "")
        if key and issue["user"]["login"] == AUTHOR:
            there.setdefault(key[1], issue)
    done = []
    for name, (title, text) in told.items():
        known = there.get(name)
        if known is None:
            made = github.send("POST", "issues", {"title": title, "body": text})
            done.append(f"{name}: issue {made['number']} opened.")
        elif known["body"].strip() != text.strip() and (
            known["state"] == "open" or name.startswith("digest-")
        ):
            github.send("PATCH", f"issues/{known['number']}", {"body": text, "state": "open"})
            done.append(f"{name}: issue {known['number']} brought up to date.")
    return done


def main() -> None:
    folder = ROOT / "_build" / "watch" / "messages"
    try:
        done = post(GitHub.from_environment(), read_messages(folder))
    except GitHubError as fault:
        give_up(fault)
    print("\n".join(done) or "Nothing to tell.", file=sys.stdout)


if __name__ == "__main__":
    main()
