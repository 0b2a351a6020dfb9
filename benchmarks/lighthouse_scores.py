"""Lighthouse on pages of the built site, as a phone four times slower than this machine.

``python benchmarks/lighthouse_scores.py [page ...]`` (default: PAGES) prints the scores of 0 to 100
and the times behind the first of them. ``SITE=folder`` measures another site than the one built here.
Nothing here is a test: scores depend on the machine. The site is served compressed, as by an
ordinary web server, from this machine; the browser asks nothing outside.

Lighthouse comes from npm, pinned, with what it needs as it was on the day DAY, into
``_build/.tools``; where it lies there already, no network is needed. LIGHTHOUSE names another copy.
"""

from __future__ import annotations

import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import site_speed
from assessment.evidence import ROOT

VERSION, DAY = "12.8.2", "2026-11-01"
TOOLS = ROOT / "_build" / ".tools"
PAGES = ("chapters/economics.html", "chapters/sources.html", "index.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {
    "first-contentful-paint": "FCP, s",
    "largest-contentful-paint": "LCP, s",
    "total-blocking-time": "blocked, ms",
    "cumulative-layout-shift": "shift",
}
RUNS = 3
FLAGS = "--headless=new --no-sandbox --disable-background-networking --disable-component-update"


def program() -> Path | None:
    """Lighthouse: the one that LIGHTHOUSE names, the one kept, or a new copy; None without any."""
    kept = TOOLS / f"lighthouse-{VERSION}" / "node_modules" / ".bin" / "lighthouse"
    if named := os.environ.get("LIGHTHOUSE"):
        return Path(named)
    if kept.exists():
        return kept
    if not shutil.which("npm"):
        return None
    into = ["npm", "install", "--prefix", str(kept.parents[2]), "--no-audit", "--no-fund"]
    pinned = ["--ignore-scripts", f"--before={DAY}", f"lighthouse@{VERSION}"]
    kept.parents[2].mkdir(parents=True, exist_ok=True)
    done = subprocess.run([*into, *pinned], capture_output=True, text=True)
    if done.returncode:
        print(done.stderr.strip()[-500:])
    return kept if kept.exists() else None


def report(lighthouse: Path, address: str, chromium: str) -> dict:
    """One run on the page at ``address``: Lighthouse's own report.

    Raises RuntimeError with what Lighthouse said when it gives none."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "report.json")
        command = [str(lighthouse), address, "--quiet", "--output=json", f"--output-path={out}"]
        command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"]
        done = subprocess.run(
            command, capture_output=True, text=True, env=os.environ | {"CHROME_PATH": chromium}
        )
        if not out.exists():
            raise RuntimeError(done.stderr.strip()[-500:])
        return json.loads(out.read_text(encoding="utf-8"))


def measured(found: dict) -> list[float]:
    """Scores of the categories, then the times, of one report."""
    scores = [100 * (found["categories"][name]["score"] or 0) for name in CATEGORIES]
    times = [
        found["audits"][name].get("numericValue", float("nan"))
        / (1000 if TIMES[name].endswith(", s") else 1)
        for name in TIMES
    ]
    return scores + times


def main(wanted: list[str]) -> None:
    """Measures the pages and prints the middle of RUNS runs of each."""
    lighthouse = program()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not (lighthouse and chromium):
        missing = "Lighthouse (npm and a network)" if not lighthouse else "a browser"
        sys.exit(f"Not measured: {missing} could not be had.")
    site_speed.SITE = Path(os.environ.get("SITE") or site_speed.SITE)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), site_speed.Compressing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    heads = [*CATEGORIES, *TIMES.values()]
    print(f"Lighthouse {VERSION}, median of {RUNS} runs, phone, processor slowed 4 times")
    print(f"{'page':34}" + "".join(f"{head:>16}" for head in heads))
    for page in wanted or PAGES:
        address = f"http://127.0.0.1:{server.server_port}/{page}"
        runs = [measured(report(lighthouse, address, chromium)) for _ in range(RUNS)]
        middle = [statistics.median(values) for values in zip(*runs)]
        shown = [f"{v:16.0f}" if v >= 20 else f"{v:16.2f}" for v in middle]
        print(f"{page:34}" + "".join(shown), flush=True)
    server.shutdown()


if __name__ == "__main__":
    main(sys.argv[1:])
