"""A workbook opened once in LibreOffice, where set after set of values is typed into its cells, as a reader
would: each recomputes what hangs on it, and the cells are put back before the next.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from assessment.workbook.recalculation.libre_office import (
    SECONDS_A_FILE,
    NoSpreadsheet,
    program,
    recomputing_profile,
)

# LibreOffice makes this library of macros at its first start, and overwrites any that is there before.
LIBRARY, MODULE = "Standard", "Module1"
END_OF_SET = "end of set"
# Steps are lines of four fields, parted by tabs: what to do, a sheet, its cells, what to put there. "read"
# writes the cells down, a line a row, and puts back all that was typed before. Numbers are written with a
# point in any language (Str, of type 5).
MACRO = """
Sub Typed(book_address As String, steps_address As String, found_address As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim typed_into(2000) As Object, stood_there(2000) As String
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(book_address, "_blank", 0, hidden())
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  steps = createUnoService("com.sun.star.io.TextInputStream")
  steps.setInputStream(files.openFileRead(steps_address))
  found = createUnoService("com.sun.star.io.TextOutputStream")
  many = 0
  found.setOutputStream(files.openFileWrite(found_address))
  Do While Not steps.isEOF()
    part = Split(steps.readLine(), Chr(9))
    If UBound(part) = 3 Then
      cells = book.Sheets.getByName(part(1)).getCellRangeByName(part(2))
      Select Case part(0)
        Case "value", "text"
          Set typed_into(many) = cells
          stood_there(many) = cells.getFormula()
          many = many + 1
          If part(0) = "text" Then cells.setString(part(3)) Else cells.setFormula(part(3))
        Case "read"
          values = cells.getDataArray()
          For i = 0 To UBound(values)
            line = ""
            For k = 0 To UBound(values(i))
              text = values(i)(k)
              If IsEmpty(text) Or IsNull(text) Then text = cells.getCellByPosition(k, i).getString()
              If VarType(text) = 5 Then text = Trim(Str(text))
              line = line & Replace(Replace(CStr(text), Chr(9), " "), Chr(10), " ") & Chr(9)
            Next k
            found.writeString(line & Chr(10))
          Next i
          found.writeString("END_OF_SET" & Chr(10))
          For i = many - 1 To 0 Step -1
            typed_into(i).setFormula(stood_there(i))
          Next i
          many = 0
      End Select
    End If
  Loop
  found.closeOutput()
  book.close(True)
End Sub
"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script"
 script:name="{name}" script:language="StarBasic">
{macro}</script:module>
"""


def typed_sets(
    workbook: Path,
    folder: Path,
    sheet: str,
    sets: Sequence[Mapping[str, float | str | None]],
    read: tuple[str, str],
) -> list[list[list[str]]]:
    """What stands in cells after each set of values ({"D7": 0.5}; None empties a cell) is typed into
    ``sheet`` of the workbook as it is: rows of texts. ``read``: their sheet and range ("Checks",
    "B1:C99"). ``folder``: where LibreOffice may write.

    NoSpreadsheet where the program is missing or did not come to the end.
    """
    steps, found = folder / "steps.txt", folder / "found.txt"
    lines = []
    for values in sets:
        lines += [_typing(sheet, cell, value) for cell, value in values.items()]
        lines.append("\t".join(("read", *read, "")))
    found.unlink(missing_ok=True)  # what an earlier session said
    steps.write_text("\n".join(lines) + "\n", encoding="utf-8")
    addresses = ", ".join(f'"{path.absolute().as_uri()}"' for path in (workbook, steps, found))
    command = [program(), "--headless", recomputing_profile(folder)]
    _run([*command, "--terminate_after_init"])
    module = folder / "profile" / "user" / "basic" / LIBRARY / f"{MODULE}.xba"
    module.parent.mkdir(parents=True, exist_ok=True)
    macro = MACRO.replace("END_OF_SET", END_OF_SET)
    module.write_text(PAGE.format(name=MODULE, macro=escape(macro, quote=False)), encoding="utf-8")
    said = _run([*command, f"macro:///{LIBRARY}.{MODULE}.Typed({addresses})"], len(sets))
    text = found.read_text(encoding="utf-8") if found.exists() else ""
    *shown, _rest = text.split(f"{END_OF_SET}\n")
    if len(shown) != len(sets):
        raise NoSpreadsheet(
            f"LibreOffice recomputed {len(shown)} of {len(sets)} sets of values in {workbook}: {said}"
        )
    return [[row.split("\t")[:-1] for row in one.splitlines()] for one in shown]


def _typing(sheet: str, cell: str, value: float | str | None) -> str:
    if isinstance(value, str):
        return f"text\t{sheet}\t{cell}\t{value}"
    return f"value\t{sheet}\t{cell}\t{'' if value is None else repr(value)}"


def _run(command: list[str], many: int = 1) -> str:
    """What LibreOffice says of faults."""
    seconds = SECONDS_A_FILE * many
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    return done.stderr.strip()
