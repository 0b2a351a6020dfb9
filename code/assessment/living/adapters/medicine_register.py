"""A national register of packs as one XML file in an archive, read as it streams.

Form: FEST 2.5.1, ``fest251.zip`` with one XML file: entries ``OppfLegemiddelpakning`` that hold
``Legemiddelpakning`` with ``Atc``, ``NavnFormStyrke``, ``Varenr``, ``Markedsforingsinfo`` and, for some
packs, ``PrisVare`` with ``Type`` and ``Pris``. Read in the sources of the reader Festlib (names of the
elements); what ``Pris`` means was not read, so a price found is only proposed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

from assessment.living.adapters.watched_source import Record, WatchedSource, kept_text
from assessment.living.asking import source_fault
from assessment.living.asking.answer_reading import ARCHIVE, Archive
from assessment.living.asking.polite_client import PoliteClient
from assessment.living.asking.source_fault import SourceFault

FEWEST = 20


def read(source: WatchedSource, ask: list[str], client: PoliteClient) -> list[Record]:
    """A record for each pack that matches ``element~pattern``; ``records_at``: the element of an entry;
    ``key`` and fields: names of elements or ``@V``-like attributes below it, without name space.
    """
    answer = client.get(source.address, ARCHIVE, conditional=True)
    archive = Archive(answer, client.manners.largest_unpacked_bytes)
    names = [name for name in archive.names() if name.lower().endswith(".xml")]
    if len(names) != 1:
        raise SourceFault(
            source_fault.OTHER_FORM,
            f"{source.id}: {len(names)} XML files, not one, in the archive.",
        )
    where, _, pattern = source.match.partition("~")
    records, entries = [], 0
    stream = io.BufferedReader(_Pieces(archive.chunks(names[0])))
    try:
        for _event, entry in etree.iterparse(
            stream, tag=f"{{*}}{source.records_at}", resolve_entities=False, no_network=True
        ):
            entries += 1
            if re.search(pattern, _text(entry, where), re.IGNORECASE):
                records.append(_record(source, entry))
            entry.clear()
            while entry.getprevious() is not None:
                del entry.getparent()[0]
    except etree.XMLSyntaxError as fault:
        raise SourceFault(source_fault.DAMAGED, f"{source.address}: {fault}") from fault
    if entries < FEWEST:
        raise SourceFault(
            source_fault.OTHER_FORM, f"{source.id}: {entries} entries '{source.records_at}'."
        )
    return records


def _record(source: WatchedSource, entry: etree._Element) -> Record:
    item = _text(entry, source.key)
    if not item:
        raise SourceFault(source_fault.OTHER_FORM, f"{source.id}: a pack has no '{source.key}'.")
    values = {field.name: kept_text(_text(entry, field.found_at)) for field in source.compared()}
    return Record(item, values)


def _text(entry: etree._Element, name: str) -> str:
    """Text and coded values of every element of that name: V is the value, DN its words."""
    found = entry.iter(f"{{*}}{name}")
    said = [
        " ".join(
            filter(None, [one.get("V"), one.get("DN"), " ".join("".join(one.itertext()).split())])
        )
        for one in found
    ]
    return " | ".join(filter(None, said))


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a stream that a reader may ask for any number of."""

    def __init__(self, pieces: Iterator[bytes]):
        self._pieces, self._left = pieces, b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer) -> int:
        """Fills the buffer as far as one piece reaches; 0 at the end."""
        piece = self._left or next(self._pieces, b"")
        count = min(len(buffer), len(piece))
        buffer[:count], self._left = piece[:count], piece[count:]
        return count
