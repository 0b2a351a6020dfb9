"""Files for machines at the top of the site: feed of changes, plain index, sitemap, robots."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from assessment.book.site import data_archive
from assessment.book.site.change_feed import FEED, feed
from assessment.book.site.metadata import described, keep_descriptions
from assessment.book.site.page_addresses import (
    absolute_address,
    page_address,
    page_title,
    pages_in_order,
)
from assessment.book.site.status_banner import status
from assessment.book.site.version import pdfs_on_site
from assessment.evidence import descriptor
from assessment.presentation import words
from assessment.presentation.language import ENGLISH, LANGUAGE, _

PROVENANCE_HOLDS = _("Each number that a page shows, with its place and what it came from.")
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


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
            f"{words.STATUS_LINE['version']} {of.commit}. {words.STATUS_LINE['checked']}"
            f" {of.checked.isoformat()}."
        ),
        "",
        f"## {words.PLAIN_INDEX['pages']}",
        "",
    ]
    for page in pages_in_order(app):
        address = absolute_address(app, app.builder.get_target_uri(page))
        said = described(app).get(page) or words.PLAIN_INDEX["none"]
        lines.append(f"- [{page_title(app, page)}]({address}): {said}")
    package, archive = descriptor(), f"{data_archive.FOLDER}/{data_archive.ARCHIVE}"
    lines += [
        "",
        f"## {words.PLAIN_INDEX['data']}",
        "",
        (f"- [{data_archive.ARCHIVE}]({absolute_address(app, archive)}): {package['description']}"),
    ]
    for table in package["resources"]:
        address = absolute_address(app, f"{data_archive.FOLDER}/{table['path']}")
        lines.append(f"- [{table['title']}]({address}): {table['description']}")
    origins = absolute_address(app, data_archive.PROVENANCE)
    lines.append(f"- [{data_archive.PROVENANCE}]({origins}): {PROVENANCE_HOLDS}")
    lines += [
        f"- [{words.PDF_EDITIONS[name]}]({absolute_address(app, file)})"
        for name, file in pdfs_on_site(Path(app.srcdir)).items()
    ]
    return "\n".join([*lines, ""])


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
    absolute addresses is none), the sitemap; of an edition in another language the feed alone, as
    the others belong to the top of a site.
    """
    if exception is not None or app.builder.name != "html":
        return
    out, address, of = Path(app.outdir), app.config.assessment_site_address, status()
    keep_descriptions(app)
    (out / FEED).write_text(feed(address), encoding="utf-8")
    if LANGUAGE != ENGLISH:
        return
    (out / "llms.txt").write_text(plain_index(app), encoding="utf-8")
    (out / "robots.txt").write_text(robots(address), encoding="utf-8")
    if address:
        (out / "sitemap.xml").write_text(
            sitemap(
                [page_address(app, p) for p in pages_in_order(app)],
                of.day.isoformat() if of.day else "",
            ),
            encoding="utf-8",
        )
