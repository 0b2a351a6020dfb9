"""What machines read of the site: head tags, structured data, feed of changes, plain index,
sitemap, robots.
"""

from __future__ import annotations

import json
import uuid
from html import escape
from pathlib import Path
from xml.etree import ElementTree

from assessment.book.site import citation, data_archive
from assessment.book.site.status_banner import status
from assessment.book.site.version import PDF_ON_SITE
from assessment.book.sphinx.build_placeholders import page_text
from assessment.case.definition import load_case
from assessment.evidence import ROOT, descriptor, load_register
from assessment.pages.registers.change_list import changes_newest_first
from assessment.presentation import words

FEED = "changes.xml"
ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
MOST = 200  # letters of a description


def description(doctree) -> str:
    """The first sentences of a page, as many as fit; at least the first, cut at a word."""
    text = " ".join(page_text(doctree).split())
    kept = ""
    for sentence in text.replace("? ", "?\n").replace(". ", ".\n").split("\n"):
        if kept and len(kept) + len(sentence) > MOST:
            break
        kept = f"{kept} {sentence}".strip()
    return kept if len(kept) <= MOST else kept[:MOST].rpartition(" ")[0] + " …"


def head(app, pagename: str, context: dict, doctree) -> str:
    """Tags for the head of a page. Canonical address and absolute links only where a site address
    is configured.
    """
    said, title = description(doctree), _title(app, pagename)
    described(app)[pagename] = said
    site = app.config.html_title
    whole = site if pagename == app.config.root_doc else f"{title} · {site}"
    address = _address(app, pagename)
    tags = [
        ("name", "description", said),
        ("property", "og:title", whole),
        ("property", "og:description", said),
        ("property", "og:type", "article"),
        ("property", "og:site_name", site),
        ("property", "og:locale", words.LANGUAGE.replace("-", "_")),
        ("name", "twitter:card", "summary"),
    ]
    tags += [("property", "og:url", address)] if address else []
    found = "".join(
        f'<meta {kind}="{name}" content="{escape(text, quote=True)}">\n'
        for kind, name, text in tags
    )
    feed = context["pathto"](FEED, resource=True)
    found += (
        f'<link rel="alternate" type="application/atom+xml" title="{escape(words.FEED["title"])}"'
        f' href="{feed}">\n'
    )
    data = json.dumps(
        structured(app, pagename, said), ensure_ascii=False, separators=(",", ":")
    ).replace("<", "\\u003c")
    # a block of data: no policy on scripts forbids it
    return found + f'<script type="application/ld+json">{data}</script>\n'


def described(app) -> dict[str, str]:
    """The description of each page written so far."""
    return app.__dict__.setdefault("assessment_descriptions", {})


def structured(app, pagename: str, said: str) -> dict:
    """schema.org: the whole book as an article on the front page, the data as a data set on the
    data page, other pages as parts of the book.
    """
    of, work = status(), citation.work(Path(app.srcdir), app.config.assessment_site_address)
    authors = [{"@type": "Organization", "name": a} for a in work.authors]
    common = {
        "@context": "https://schema.org",
        "inLanguage": words.LANGUAGE,
        "license": CC_BY,
        "version": of.commit,
        "isAccessibleForFree": True,
        **({"dateModified": of.day.isoformat()} if of.day else {}),
        **({"url": address} if (address := _address(app, pagename)) else {}),
    }
    book = {"@type": "ScholarlyArticle", "headline": work.title, "author": authors}
    if pagename == app.config.root_doc:
        published = min(load_register("changes")["date"])
        return (
            common
            | book
            | {
                "description": said,
                "datePublished": published,
                "about": [
                    {"@type": "Drug", "name": load_case().drug.label},
                    {"@type": "MedicalCondition", "name": load_case().disease.label},
                ],
            }
        )
    if pagename == "chapters/data":
        package = descriptor()
        files = [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/zip",
                "name": data_archive.ARCHIVE,
                "contentUrl": _absolute(app, f"{data_archive.FOLDER}/{data_archive.ARCHIVE}"),
            }
        ]
        return common | {
            "@type": "Dataset",
            "name": package["title"],
            "description": package["description"],
            "creator": authors,
            "distribution": files,
        }
    return common | {
        "@type": "WebPage",
        "name": _title(app, pagename),
        "description": said,
        "isPartOf": book,
    }


def _in_order(app) -> list[str]:
    """The pages as the table of contents has them."""
    listed = [app.config.root_doc, *app.env.toctree_includes.get(app.config.root_doc, [])]
    return [page for page in listed if page in app.env.found_docs]


def _title(app, pagename: str) -> str:
    return app.env.titles[pagename].astext() if pagename in app.env.titles else pagename


def _absolute(app, path: str) -> str:
    """A path on the site with the site's address before it, where one is configured."""
    base = app.config.assessment_site_address
    return f"{base.rstrip('/')}/{path}" if base else path


def _address(app, pagename: str) -> str:
    """The canonical address of a page; "" where no site address is configured."""
    return (
        _absolute(app, app.builder.get_target_uri(pagename))
        if app.config.assessment_site_address
        else ""
    )


def feed(address: str = "") -> str:
    """The changes of data/changes.csv as an Atom feed, newest first. Ids rest on the text alone, so
    a reader's program knows what it has seen.
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
    add(root, "updated", f"{rows[0]['date']}T00:00:00Z")
    page = "chapters/what-changed.html"
    base = address.rstrip("/") + "/" if address else ""
    add(root, "link", rel="alternate", href=base + page)
    if base:
        add(root, "link", rel="self", href=base + FEED)
    for author in citation.work(ROOT).authors:
        add(add(root, "author"), "name", author)
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


def plain_index(app) -> str:
    """llms.txt: what the site is, its pages with a sentence each, its data; for programs that read
    text.
    """
    of = status()
    lines = [
        f"# {app.config.html_title}",
        "",
        f"> {words.PLAIN_INDEX['what']}",
        "",
        (
            f"{words.STATUS_LINE['version']} {of.commit}. {words.STATUS_LINE['evidence']}"
            f" {of.evidence.isoformat()}. {words.STATUS_LINE['checked']} {of.checked.isoformat()}."
        ),
        "",
        f"## {words.PLAIN_INDEX['pages']}",
        "",
    ]
    for page in _in_order(app):
        lines.append(
            f"- [{_title(app, page)}]({_absolute(app, app.builder.get_target_uri(page))}):"
            f" {described(app).get(page) or words.PLAIN_INDEX['none']}"
        )
    lines += [
        "",
        f"## {words.PLAIN_INDEX['data']}",
        "",
        (
            f"- [{data_archive.ARCHIVE}]({_absolute(app, f'{data_archive.FOLDER}/{data_archive.ARCHIVE}')}):"
            f" {descriptor()['description']}"
        ),
    ]
    lines += [
        f"- [{r['title']}]({_absolute(app, data_archive.FOLDER + '/' + r['path'])}): {r['description']}"
        for r in descriptor()["resources"]
    ]
    return "\n".join([*lines, f"- [PDF]({_absolute(app, PDF_ON_SITE)})", ""])


def sitemap(addresses: list[str], day: str) -> str:
    """The sitemap of these absolute addresses; ``day``: last change (ISO), "" when unknown."""
    ElementTree.register_namespace("", SITEMAP)
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for address in addresses:
        url = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
        ElementTree.SubElement(url, f"{{{SITEMAP}}}loc").text = address
        if day:
            ElementTree.SubElement(url, f"{{{SITEMAP}}}lastmod").text = day
    ElementTree.indent(root)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        + ElementTree.tostring(root, encoding="unicode")
        + "\n"
    )


def robots(address: str = "") -> str:
    """robots.txt: everything may be read."""
    return "User-agent: *\nAllow: /\n" + (
        f"Sitemap: {address.rstrip('/')}/sitemap.xml\n" if address else ""
    )


def write_files(app, exception) -> None:
    """Writes feed, plain index, robots and, where a site address is configured (a sitemap without
    absolute addresses is none), the sitemap.
    """
    if exception is not None or app.builder.name != "html":
        return
    out, address, of = Path(app.outdir), app.config.assessment_site_address, status()
    (out / FEED).write_text(feed(address), encoding="utf-8")
    (out / "llms.txt").write_text(plain_index(app), encoding="utf-8")
    (out / "robots.txt").write_text(robots(address), encoding="utf-8")
    if address:
        (out / "sitemap.xml").write_text(
            sitemap(
                [_address(app, p) for p in _in_order(app)], of.day.isoformat() if of.day else ""
            ),
            encoding="utf-8",
        )
