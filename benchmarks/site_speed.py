"""How heavy and how quick every page of the built site is, in a browser slowed down four times.

``python benchmarks/site_speed.py [page ...]`` prints one row per page. Nothing here is a test:
figures depend on the machine.

- **kB**: bytes fetched until every chart has been drawn, as a server compressing with gzip sends
  them, without the chart library.
- **ready, ms**: end of the last task over 50 ms (Long Tasks API) or of the page's own start-up,
  whichever is later, counted from the navigation; the page is left alone for three seconds. After
  it, nothing holds up a reader's click.
- **first paint, ms**: First Contentful Paint.
- **shift**: cumulative layout shift while the page is scrolled from top to bottom and every chart
  draws itself.
- **charts**: drawn / all, after scrolling.

The first row is a bare page of one line, measured in the same way: what the browser and this
machine need for nothing at all.
"""

from __future__ import annotations

import gzip
import http.server
import mimetypes
import os
import shutil
import statistics
import sys
import threading
from functools import cache
from pathlib import Path

from assessment.book.building.build_inputs import pages
from assessment.evidence import ROOT

SITE = ROOT / "_build" / "html"
SLOWER, RUNS, REST_MS = 4, 3, 3000
LIBRARY, BARE = "charts.js", "bare.html"
# Programs for the browser.
WATCH = """
window.seen = { tasks: [], shift: 0 };
for (const [type, note] of [
  ['longtask', entry => seen.tasks.push(entry.startTime + entry.duration)],
  ['layout-shift', entry => { seen.shift += entry.value; }],
]) {
  const watcher = new PerformanceObserver(list => list.getEntries().forEach(entry => note(entry)));
  watcher.observe({ type, buffered: true });
}
"""
READ = """() => {
  const opened = performance.getEntriesByType('navigation')[0];
  return {
    ready: Math.max(opened.domContentLoadedEventEnd, ...seen.tasks),
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  };
}"""


@cache
def content(path: Path) -> tuple[bytes, bool]:
    """What is sent for a file, and whether it is compressed."""
    if path.name == BARE:
        return gzip.compress(b"<!doctype html><title>bare</title><p>Nothing."), True
    packed = path.suffix in (".html", ".css", ".js", ".svg", ".json")
    return (gzip.compress(path.read_bytes(), 6) if packed else path.read_bytes()), packed


class Compressing(http.server.BaseHTTPRequestHandler):
    """Serves the site as an ordinary web server does: text compressed, with its type. ``sent``
    counts bytes by file name.
    """

    sent: dict[str, int] = {}
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = SITE / self.path.partition("?")[0].lstrip("/")
        if path.name != BARE and not path.is_file():
            return self.send_error(404)
        body, packed = content(path)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.sent[path.name] = len(body)
        self.send_response(200)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            *((("Content-Encoding", "gzip"),) if packed else ()),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def measure(browser, address: str, name: str) -> dict:
    """One visit with an empty cache."""
    Compressing.sent.clear()
    tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    tab.add_init_script(WATCH)
    tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    tab.goto(address + name)
    tab.wait_for_timeout(REST_MS)
    found = tab.evaluate(READ)
    height = tab.evaluate("document.documentElement.scrollHeight")
    for y in range(0, height, 600):
        tab.evaluate(f"scrollTo(0, {y})")
        tab.wait_for_timeout(120)
    for chart in tab.query_selector_all(".chart"):
        chart.scroll_into_view_if_needed()
        for _ in range(100):
            if chart.get_attribute("data-drawn") not in (None, "waiting"):
                break
            tab.wait_for_timeout(100)
    drawn = tab.evaluate(
        "[...document.querySelectorAll('.chart')].map(c => c.dataset.drawn || 'not')"
    )
    found |= {
        "kb": sum(n for file, n in Compressing.sent.items() if file != LIBRARY) / 1000,
        "library": Compressing.sent.get(LIBRARY, 0) / 1000,
    }
    found |= {
        "shift": tab.evaluate("seen.shift"),
        "charts": len(drawn),
        "drawn": sum(d in ("wide", "narrow") for d in drawn),
    }
    tab.context.close()
    return found


def main(wanted: list[str]) -> None:
    """Measures the pages named, or all, and prints the table."""
    from playwright.sync_api import sync_playwright

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Compressing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    executable = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    print(
        f"median of {RUNS} visits, processor slowed {SLOWER}"
        f" times\n{'page':34}{'kB':>7}{'ready, ms':>11}{'first paint, ms':>17}{'shift':>8}{'charts':>9}"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable or None, args=["--no-sandbox"]
        )
        library = 0.0
        for name in [BARE, *(wanted or pages(ROOT))]:
            runs = [measure(browser, address, name) for _ in range(RUNS)]
            middle = {k: statistics.median(r[k] for r in runs) for k in runs[0]}
            library = max(library, middle["library"])
            print(
                f"{name:34}{middle['kb']:7.0f}{middle['ready']:11.0f}{middle['paint']:17.0f}"
                f"{middle['shift']:8.3f}{middle['drawn']:6.0f}/{middle['charts']:.0f}",
                flush=True,
            )
        print(f"{'chart library, shared':34}{library:7.0f}")
        browser.close()
    server.shutdown()
    whole = [p for p in SITE.rglob("*") if p.is_file()]
    print(
        f"{'whole site on disk':34}{sum(p.stat().st_size for p in whole) / 1000:7.0f} "
        f" ({len(whole)} files)"
    )


if __name__ == "__main__":
    if (SITE / "index.html").exists():
        main(sys.argv[1:])
    else:
        print("There is no site yet. Next step: make book")
