"""What PNG and SVG files say of themselves: put into files that are drawn, so that a new version draws
nothing anew.

Sources: PNG Specification (Third Edition), W3C, 11.3.3 (iTXt); SVG 2, W3C, 5.8 and 5.9 (title, desc,
metadata).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from html import escape

from assessment.book.provenance import label_words
from assessment.book.provenance.table_descriptions import ENDING, licence
from assessment.book.site.citation import Work
from assessment.book.site.structured_data import CC_BY
from assessment.presentation import numbers

SOURCES_NAMED = 6  # in a picture; all of them stand beside its numbers
SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER_END = len(SIGNATURE) + 25  # the first chunk, IHDR, always has thirteen bytes of content
DC, RDF = "http://purl.org/dc/elements/1.1/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SCHEMA, CC = "https://schema.org/", "http://creativecommons.org/ns#"
_LABELS = re.compile(r"<title>.*?</title><desc>.*?</desc><metadata>.*?</metadata>", re.DOTALL)


def picture_label(description: Mapping, work: Work) -> dict[str, str]:
    """What a picture says, by the keywords that PNG has for it, in small letters. ``description``:
    of its numbers, with version (table_descriptions).
    """
    day = f", {numbers.day(work.day)}" if work.day else ""
    return {
        "title": description["dc:title"],
        "author": "; ".join(work.authors),
        "description": description["dc:description"],
        "copyright": licence(),
        "source": _sources(description),
        "software": label_words.VERSION.format(title=work.title, version=f"{work.commit}{day}"),
        "version": work.commit,
        "url": description["schema:url"],
    }


def _sources(description: Mapping) -> str:
    named = description["dc:source"]
    told = " · ".join(named[:SOURCES_NAMED])
    if len(named) <= SOURCES_NAMED:
        return told
    more = label_words.MORE_SOURCES.format(
        n=len(named) - SOURCES_NAMED, file=f"{description['url']}{ENDING}"
    )
    return f"{told} · {more}"


def labelled_png(picture: bytes, label: Mapping[str, str]) -> bytes:
    """The picture with the label as text chunks after its header; labels it had are gone.

    Raises ValueError for anything but a PNG file."""
    if not picture.startswith(SIGNATURE):
        raise ValueError("not a PNG file")
    texts = b"".join(_text_chunk(keyword, text) for keyword, text in label.items())
    return picture[:HEADER_END] + texts + _without_texts(picture[HEADER_END:])


def _text_chunk(keyword: str, text: str) -> bytes:
    name = keyword.upper() if keyword == "url" else keyword.capitalize()
    # keyword, not compressed, no language, no keyword in that language
    content = b"iTXt" + name.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))


def _without_texts(chunks: bytes) -> bytes:
    kept, at = [], 0
    while at < len(chunks):
        length = struct.unpack(">I", chunks[at : at + 4])[0] + 12
        if chunks[at + 4 : at + 8] != b"iTXt":
            kept.append(chunks[at : at + length])
        at += length
    return b"".join(kept)


def labelled_svg(drawing: str, label: Mapping[str, str]) -> str:
    """The drawing with title, description and Dublin Core in RDF; labels it had are gone.

    Raises ValueError for anything but an SVG drawing."""
    says = {
        "dc:title": label["title"],
        "dc:creator": label["author"],
        "dc:description": label["description"],
        "dc:source": label["source"],
        "dc:rights": label["copyright"],
        "dc:publisher": label["software"],
        "dc:identifier": label["url"],
        "dc:format": "image/svg+xml",
        "schema:version": label["version"],
    }
    told = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in says.items())
    inside = (
        f"<title>{escape(label['title'])}</title><desc>{escape(label['description'])}</desc>"
        f'<metadata><rdf:RDF xmlns:rdf="{RDF}" xmlns:dc="{DC}" xmlns:schema="{SCHEMA}"'
        f' xmlns:cc="{CC}"><rdf:Description rdf:about="">{told}'
        f'<cc:license rdf:resource="{CC_BY}"/></rdf:Description></rdf:RDF></metadata>'
    )
    start = re.match(r"\s*<svg\b[^>]*>", drawing)
    if not start:
        raise ValueError("not an SVG drawing")
    return start[0] + inside + _LABELS.sub("", drawing[start.end() :], count=1)
