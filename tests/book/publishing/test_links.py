"""Links: those outside asked politely of a small server, those inside followed in a small site, and in
the book.
"""

from __future__ import annotations

import time

import pytest

from assessment.book.publishing import inside_links
from assessment.book.publishing import outside_links as subject
from assessment.evidence import ROOT

HASTY = subject.Manners(timeout=0.5, spacing=0.05, pause=0, tries=2)


@pytest.fixture
def book(tmp_path, server):
    """A register of documents and a table, whose addresses are on the server."""
    (tmp_path / "references").mkdir()
    (tmp_path / "data").mkdir()
    names = ("fine", "gone", "moved", "elsewhere", "refused", "busy", "slow")
    register = "".join(f"@misc{{{n}, url = {{{server.address}/{n}}}}}\n" for n in names)
    (tmp_path / "references" / "references.bib").write_text(register)
    row = f"see ({server.address}/fine#part), and {server.address}/fine."
    (tmp_path / "data" / "events.csv").write_text(f'id,note\none,"{row}"\n')
    busy = iter([(503, {}, b""), (200, {}, b"")])
    server.answers |= {
        "/fine": (200, {}, b"here"),
        "/moved": (301, {"Location": "/fine"}, b""),
        "/elsewhere": (302, {"Location": "/fine"}, b""),
        "/refused": (403, {}, b""),
        "/busy": lambda: next(busy),
        "/slow": lambda: time.sleep(0.7) or (200, {}, b""),
    }
    return tmp_path


def test_every_address_is_told_by_what_it_answers(book, server, capsys):
    assert subject.main(book, HASTY, []) == 1
    report = (book / "_build" / "links" / "links.md").read_text()
    found = {a.address.rsplit("/", 1)[1]: a.state for a in subject.ask_all([], HASTY)}
    found = {
        name: next(
            (state for state in (subject.GONE, subject.SILENT, subject.MOVED, subject.REFUSED)
             if f"/{name}>" in report.partition(f"## {state}")[2].partition("## ")[0]),
            subject.ALIVE,
        )
        for name in ("fine", "gone", "moved", "elsewhere", "refused", "busy", "slow")
    }  # fmt: skip
    assert found == {
        "fine": subject.ALIVE,
        "gone": subject.GONE,
        "moved": subject.MOVED,
        "elsewhere": subject.ALIVE,
        "refused": subject.REFUSED,
        "busy": subject.ALIVE,
        "slow": subject.SILENT,
    }
    assert "1 gone: give the documents another address" in capsys.readouterr().out
    assert all(subject.AGENT == headers["User-Agent"] for _, _, headers, _ in server.asked)


def test_one_host_is_asked_slowly_and_each_address_once(book, server):
    addresses = [f"{server.address}/fine?{n}" for n in range(4)]
    began = time.monotonic()
    subject.ask_all(addresses, subject.Manners(timeout=1, spacing=0.1, pause=0, tries=1))
    assert time.monotonic() - began > 0.3 and len(server.asked) == 4


def test_addresses_are_read_without_the_sentence_around_them(book, server):
    found = subject.addresses(book)
    assert found[f"{server.address}/fine"] == {"references/references.bib", "data/events.csv"}
    assert len(found) == 7


def test_without_a_network_one_sentence_says_so(tmp_path, capsys):
    (tmp_path / "references").mkdir()
    (tmp_path / "references" / "references.bib").write_text("url = {http://127.0.0.1:9/a}\n")
    assert subject.main(tmp_path, HASTY, []) == 2
    assert "is there a network?" in capsys.readouterr().out


def test_the_book_s_own_addresses_are_found():
    found = subject.addresses(ROOT)
    assert len(found) > 100 and all(" " not in address for address in found)


def test_a_link_inside_that_leads_nowhere_is_named(tmp_path):
    (tmp_path / "a b.html").write_text('<p id="here">x</p>')
    (tmp_path / "index.html").write_text(
        '<a href="a%20b.html#here">1</a><a href="#top">2</a><a href="gone.html">3</a>\n'
        '<noscript><a href="a%20b.html#not">4</a></noscript><a href="https://e.org/x">5</a>'
    )
    found = inside_links.broken_links(tmp_path)
    assert found == [
        "index.html, line 1: #top: no such place on the page",
        "index.html, line 1: gone.html: no such file",
        "index.html, line 2: a%20b.html#not: no such place on the page",
    ]


def test_every_link_inside_the_book_leads_somewhere(site):
    assert inside_links.broken_links(site) == []
