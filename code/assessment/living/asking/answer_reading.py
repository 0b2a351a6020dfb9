"""Answers read strictly and within limits: JSON, pages, archives, workbooks."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import openpyxl
from bs4 import BeautifulSoup

from assessment.living.asking import source_fault
from assessment.living.asking.polite_client import Answer
from assessment.living.asking.source_fault import SourceFault

JSON = ("application/json",)
PAGE = ("text/html", "application/xhtml+xml")
WORKBOOK = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)
ARCHIVE = ("application/zip", "application/x-zip-compressed", "application/octet-stream")
CHUNK = 65536


def _damaged(answer: Answer, why: object) -> SourceFault:
    return SourceFault(source_fault.DAMAGED, f"{answer.address}: {why}.")


def text_of(answer: Answer) -> str:
    """The words of an answer, in the encoding that it declares or in UTF-8. SourceFault where they are
    not.
    """
    encoding = answer.charset or "utf-8"
    try:
        return answer.body.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except (UnicodeDecodeError, LookupError) as fault:
        raise _damaged(answer, f"not in the encoding it declares ({fault})") from fault


def json_of(answer: Answer) -> Any:
    """The value of a JSON answer; a byte order mark may stand before it. SourceFault where it is none."""
    try:
        return json.loads(text_of(answer))
    except (json.JSONDecodeError, RecursionError) as fault:
        raise _damaged(answer, f"not whole as JSON ({fault})") from fault


def page_of(answer: Answer) -> BeautifulSoup:
    """The page of an answer. SourceFault where it has no end, as when it was cut."""
    text = text_of(answer)
    if "</html" not in text.lower():
        raise _damaged(answer, "the page breaks off before its end")
    return BeautifulSoup(text, "lxml")


class Archive:
    """A ZIP file whose parts are read to a limit, whatever it says of their sizes."""

    def __init__(self, answer: Answer, largest: float):
        self.answer, self.largest, self._read = answer, largest, 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(answer.body))
        except (zipfile.BadZipFile, OSError, ValueError) as fault:
            raise _damaged(answer, f"not whole as an archive ({fault})") from fault
        self._within(sum(part.file_size for part in self._zip.infolist()))

    def names(self) -> list[str]:
        """Its parts."""
        return self._zip.namelist()

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece. SourceFault where it is damaged or too large."""
        try:
            with self._zip.open(name) as part:
                while piece := part.read(CHUNK):
                    self._read += len(piece)
                    self._within(self._read)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as fault:
            raise _damaged(self.answer, f"{name} in it is not whole ({fault})") from fault

    def whole(self) -> None:
        """Reads every part once, so that a reader which trusts the sizes can follow."""
        for name in self.names():
            for _piece in self.chunks(name):
                pass

    def _within(self, size: int) -> None:
        if size > self.largest:
            raise SourceFault(
                source_fault.TOO_LARGE,
                f"{self.answer.address}: unpacks to more than {self.largest:.0f} bytes.",
            )


def rows_of(answer: Answer, largest: float) -> list[list[str]]:
    """The cells of a workbook's first sheet as text, row by row. SourceFault where it is none."""
    Archive(answer, largest).whole()
    try:
        book = openpyxl.load_workbook(io.BytesIO(answer.body), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    except Exception as fault:  # openpyxl names no exceptions of its own for broken parts
        raise _damaged(answer, f"not a workbook ({fault})") from fault


def _cell(value: object) -> str:
    if value is None:
        return ""
    day = getattr(value, "date", None)
    return " ".join(str(day() if callable(day) else value).split())
