"""The first task of four readers, done on the built site by a script, with what it costs them.

``python benchmarks/readers_tasks.py`` prints one row a task: clicks; screens scrolled after the last click
before the answer is in sight; words of the page and minutes to read them all at 238 words a minute (the
mean of adults who read non-fiction in silence, Brysbaert 2019, doi 10.1016/j.jml.2019.104047); seconds that
the site itself takes. The tasks of the two readers who change the book, an economist and a developer, are
followed by the tests of the guides.
"""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import threading
import time
from dataclasses import dataclass

from assessment.book.doctree.visible_words import seen_words
from assessment.evidence import ROOT

SITE = ROOT / "_build" / "html"
WORDS_A_MINUTE = 238
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOP = "e => e.getBoundingClientRect().top + scrollY"


@dataclass
class Done:
    """What a task cost: clicks, screens scrolled, words read, seconds of the site, and what was found."""

    clicks: int
    screens: float
    words: int
    seconds: float
    found: str


def _quiet(*_) -> None:
    """Nothing is told of each request."""


def _words(name: str) -> int:
    return seen_words((SITE / "chapters" / f"{name}.html").read_text(encoding="utf-8"))


def assessor(tab, address: str) -> Done:
    """From a number of the summary to the place in its source where it is printed."""
    began = time.monotonic()
    tab.goto(address + "chapters/decision-summary.html")
    number = tab.locator("table .fact[data-fact]:visible").nth(2)
    number.locator(".fact-link").hover()
    card = number.locator(".fact-card")
    card.wait_for()
    told = re.sub(r"\s+", " ", card.inner_text())
    link = card.locator("a[href^='http']").first.get_attribute("href")
    return Done(1, 0, len(told.split()), time.monotonic() - began, f"{told[:90]} … {link}")


def forum_member(tab, address: str) -> Done:
    """From the front page to the table, the picture and what has to be decided."""
    began = time.monotonic()
    tab.goto(address + "index.html")
    tab.locator("article a[href$='decision-summary.html']").first.click()
    heading = tab.locator("h2", has_text="What has to be decided next").first
    heading.wait_for()
    seconds, words = time.monotonic() - began, _words("decision-summary")
    asked = heading.locator("xpath=ancestor::section[1]").locator("li").first.inner_text()
    return Done(1, heading.evaluate(TOP) / DESK["height"], words, seconds, asked[:110])


def oncologist(tab, address: str) -> Done:
    """On a phone: survival with the numbers at risk, then harms; nothing wider than the screen."""
    began = time.monotonic()
    tab.goto(address + "index.html")
    tab.locator("article a[href$='trial-evidence.html']").first.click()
    tab.locator("article a[href$='#progression-free-survival']").first.click()
    figure = tab.locator("figure, .figure").filter(has_text="at risk").first
    figure.scroll_into_view_if_needed()
    heading, harms = tab.locator("#progression-free-survival"), tab.locator("#harms")
    seconds, wider = time.monotonic() - began, tab.evaluate(WIDER)
    screens = (figure.evaluate(TOP) - heading.evaluate(TOP)) / PHONE["height"]
    tab.locator("article a[href$='#harms']").first.click()
    said = re.sub(r"\s+", " ", harms.locator("h2, .figure-caption, figcaption").first.inner_text())
    return Done(3, screens, _words("trial-evidence"), seconds, f"{said}; {wider} px too wide")


def patient_advocate(tab, address: str) -> Done:
    """On a phone: is it available, what comes next, and where one can have a say."""
    began = time.monotonic()
    tab.goto(address + "index.html")
    tab.locator("article a[href$='plain-language.html']").first.click()
    answer = tab.locator("h2", has_text="available").first
    answer.wait_for()
    form = tab.locator("article a[href*='nyemetoder.no']").first
    seconds = time.monotonic() - began
    screens = form.evaluate(TOP) / PHONE["height"]
    return Done(1, screens, _words("plain-language"), seconds, form.get_attribute("href"))


def main() -> None:
    """Does every task and prints the table."""
    from playwright.sync_api import sync_playwright

    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(SITE))
    http.server.SimpleHTTPRequestHandler.log_message = _quiet
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    print(
        f"{'reader':18}{'clicks':>7}{'screens':>9}{'words':>7}{'minutes':>9}{'site, s':>9}  found"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path or None, args=["--no-sandbox"])
        tasks = (
            (assessor, DESK),
            (forum_member, DESK),
            (oncologist, PHONE),
            (patient_advocate, PHONE),
        )
        for task, size in tasks:
            tab = browser.new_context(viewport=size).new_page()
            done = task(tab, address)
            print(
                f"{task.__name__.replace('_', ' '):18}{done.clicks:7}{done.screens:9.1f}{done.words:7}"
                f"{done.words / WORDS_A_MINUTE:9.1f}{done.seconds:9.1f}  {done.found}",
                flush=True,
            )
            tab.context.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    if (SITE / "index.html").exists():
        main()
    else:
        print("There is no site yet. Next step: make book")
