"""The feed of changes (Atom): data/changes.csv, what each change of the data did, and open findings."""

from __future__ import annotations

import uuid
from xml.etree import ElementTree

from assessment.book.site import citation
from assessment.evidence import ROOT, descriptor
from assessment.pages.attribution.release_words import told
from assessment.pages.registers.change_list import changes_newest_first
from assessment.presentation import words

FEED = "changes.xml"
ATOM = "http://www.w3.org/2005/Atom"


def feed(address: str = "") -> str:
    """An Atom feed: what each change of the data did, findings of the watch that are open and could
    matter, then the changes of data/changes.csv, newest first. Ids rest on what is told alone, so a
    reader's program knows what it has seen.
    """
    ElementTree.register_namespace("", ATOM)

    def add(parent, tag: str, text: str = "", **attributes):
        element = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
        element.text = text or None
        return element

    def known(name: str) -> str:
        return uuid.uuid5(uuid.NAMESPACE_URL, name).urn

    rows = changes_newest_first().to_dict("records")
    package = descriptor()
    root = ElementTree.Element(
        f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": words.LANGUAGE}
    )
    add(root, "id", known(package["name"]))
    add(root, "title", words.FEED["title"])
    news = told()
    days = [row["date"] for row in rows[:1]] + [one.day for one in news]
    add(root, "updated", f"{max(days)}T00:00:00Z")
    page = "chapters/what-changed.html"
    base = address.rstrip("/") + "/" if address else ""
    add(root, "link", rel="alternate", href=base + page)
    if base:
        add(root, "link", rel="self", href=base + FEED)
    for author in citation.work(ROOT).authors:
        add(add(root, "author"), "name", author)
    for one in news:
        entry = add(root, "entry")
        add(entry, "id", known(f"{package['name']} {one.name}"))
        add(entry, "title", one.title)
        add(entry, "updated", f"{one.day}T00:00:00Z")
        add(entry, "link", rel="alternate", href=f"{base}{page}")
        add(entry, "summary", one.text)
    for row in rows:
        entry = add(root, "entry")
        add(entry, "id", known(f"{package['name']} {row['date']} {row['what']}"))
        add(entry, "title", f"{row['section']}: {row['kind']}")
        add(entry, "updated", f"{row['date']}T00:00:00Z")
        add(entry, "link", rel="alternate", href=f"{base}{page}#{row['anchor']}")
        before = (
            words.FEED["from_to"].format(before=row["before"], after=row["after"])
            if row["before"] and row["after"]
            else ""
        )
        add(
            entry,
            "summary",
            " ".join(
                part
                for part in (
                    row["what"],
                    before,
                    row["effect"] and f"{words.FEED['effect']}: {row['effect']}",
                    f"{words.FEED['conclusion']}: {row['conclusion_changed']}.",
                )
                if part
            ),
        )
    ElementTree.indent(root)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        + ElementTree.tostring(root, encoding="unicode")
        + "\n"
    )
