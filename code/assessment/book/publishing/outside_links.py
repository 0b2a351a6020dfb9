"""``python -m assessment.book.publishing.outside_links``: do the addresses of the sources still answer?

Asks every address in ``references/`` and ``data/`` once, politely: it says who asks, waits between two
questions to the same host, and tries again only where a server was busy or silent. A server that
refuses programs (many publishers do) says nothing about the address: such ones are listed to be looked
at by hand. Writes ``_build/links/links.md``; ends with 1 when an address is gone.
"""

from __future__ import annotations

import argparse
import http.client
import re
import socket
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

ROOT = Path(__file__).resolve().parents[4]
READ = ("references/*.bib", "data/*.csv", "data/facts/*.csv", "data/km/*.csv")
ADDRESS = re.compile(r"https?://[^\s\"'<>{}|\\^`]+")
DOI = re.compile(r"^\s*doi\s*=\s*[{\"]\s*(10\.[^}\"\s]+)", re.MULTILINE | re.IGNORECASE)
AGENT = "living-assessment-links (looks once a week whether the sources of a public report answer)"
ALIVE, MOVED, REFUSED, SILENT, GONE = (
    "answers",
    "moved for good",
    "refuses programs",
    "silent",
    "gone",
)
NO_HOST = "no such host, or no network"
AGAIN = {429, 500, 502, 503, 504}
SIDE_BY_SIDE = 8  # hosts


@dataclass(frozen=True)
class Manners:
    """Seconds to wait for an answer, between questions to one host, and before trying again."""

    timeout: float = 30
    spacing: float = 2
    pause: float = 10
    tries: int = 3


@dataclass(frozen=True)
class Answer:
    """What became of an address: one of the states above, and why, or where it is now."""

    address: str
    state: str
    detail: str


def addresses(root: Path = ROOT) -> dict[str, set[str]]:
    """Every address that references and data name, without its anchor, with the files that do."""
    found: dict[str, set[str]] = defaultdict(set)
    for pattern in READ:
        for path in sorted(root.glob(pattern)):
            text = path.read_text(encoding="utf-8")
            named = [_trimmed(a) for a in ADDRESS.findall(text)]
            named += [
                f"https://doi.org/{doi}" for doi in DOI.findall(text) if path.suffix == ".bib"
            ]
            for address in named:
                found[urldefrag(address)[0]].add(path.relative_to(root).as_posix())
    return dict(found)


def _trimmed(address: str) -> str:
    """Without what belongs to the sentence around it."""
    address = address.rstrip(".,;:!?")
    while address.endswith(")") and address.count("(") < address.count(")"):
        address = address[:-1].rstrip(".,;")
    return address


class _Trail(urllib.request.HTTPRedirectHandler):
    """Follows one address and notes whether every step said that it is for good."""

    def __init__(self) -> None:
        self.steps: list[int] = []

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        self.steps.append(code)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask(address: str, manners: Manners) -> Answer:
    """What one address answers."""
    answer = Answer(address, SILENT, "")
    for attempt in range(manners.tries):
        if attempt:
            time.sleep(manners.pause * attempt)
        answer, again = _asked_once(address, manners)
        if not again:
            break
    return answer


def _asked_once(address: str, manners: Manners) -> tuple[Answer, bool]:
    trail = _Trail()
    request = urllib.request.Request(address, headers={"User-Agent": AGENT, "Accept": "*/*"})
    try:
        with urllib.request.build_opener(trail).open(request, timeout=manners.timeout) as got:
            got.read(1)
            last = got.geturl()
    except urllib.error.HTTPError as fault:
        if fault.code in (404, 410):
            return Answer(address, GONE, f"{fault.code} {fault.reason}"), False
        return Answer(address, REFUSED, f"{fault.code} {fault.reason}"), fault.code in AGAIN
    except (OSError, http.client.HTTPException, ValueError) as fault:
        reason = getattr(fault, "reason", fault)
        if isinstance(reason, socket.gaierror):
            return Answer(address, SILENT, f"{NO_HOST} ({reason})"), False
        return Answer(address, SILENT, str(reason) or type(reason).__name__), True
    if trail.steps and set(trail.steps) <= {301, 308}:
        return Answer(address, MOVED, last), False
    return Answer(address, ALIVE, ""), False


def ask_all(named: Iterable[str], manners: Manners) -> list[Answer]:
    """Every address in order; hosts side by side, the addresses of one after another."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in named:
        by_host[urlsplit(address).netloc].append(address)

    def of_host(mine: list[str]) -> list[Answer]:
        answers: list[Answer] = []
        for address in mine:
            if answers and answers[-1].detail.startswith(NO_HOST):  # nobody there to ask again
                answers.append(replace(answers[-1], address=address))
                continue
            if answers:
                time.sleep(manners.spacing)
            answers.append(ask(address, manners))
        return answers

    with ThreadPoolExecutor(SIDE_BY_SIDE) as hosts:
        found = [answer for answers in hosts.map(of_host, by_host.values()) for answer in answers]
    return sorted(found, key=lambda answer: answer.address)


def report(answers: list[Answer], named_in: dict[str, set[str]]) -> str:
    """The report in Markdown: counts, then every address that does not simply answer."""
    count = {s: sum(a.state == s for a in answers) for s in (GONE, SILENT, MOVED, REFUSED, ALIVE)}
    lines = ["# Addresses of the sources", "", *(f"- {state}: {n}" for state, n in count.items())]
    for state in (GONE, SILENT, MOVED, REFUSED):
        if count[state]:
            lines += ["", f"## {state}", ""]
            for one in (answer for answer in answers if answer.state == state):
                where = ", ".join(sorted(named_in.get(one.address, ())))
                lines.append(f"- <{one.address}>: {one.detail} ({where})")
    return "\n".join([*lines, ""])


def main(root: Path = ROOT, manners: Manners | None = None, wanted: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Do the addresses of the sources still answer?")
    parser.add_argument("--to", type=Path, default=root / "_build" / "links" / "links.md")
    to, named = parser.parse_args(wanted).to, addresses(root)
    print(f"Asking {len(named)} addresses …", flush=True)
    answers = ask_all(named, manners or Manners())
    if answers and all(answer.state == SILENT for answer in answers):
        print("No address could be reached: is there a network? Connect, then make links again.")
        return 2
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(report(answers, named), encoding="utf-8")
    gone = [answer for answer in answers if answer.state == GONE]
    print(report(answers, named), end="")
    print(f"{len(gone)} gone: give the documents another address in references/. Report: {to}")
    return bool(gone)


if __name__ == "__main__":
    sys.exit(main())
