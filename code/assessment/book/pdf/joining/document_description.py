"""What a PDF says of itself: in its information dictionary, and as XMP for programs that read no PDF."""

from __future__ import annotations

from dataclasses import dataclass

from pikepdf import Dictionary, Pdf, String

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = "CC BY 4.0"  # not translated: name of the licence


@dataclass(frozen=True)
class Description:
    """``subject``: version and dates; ``address``: where the living version is, "" where it has none."""

    title: str
    author: str
    subject: str
    language: str
    address: str = ""


def describe(pdf: Pdf, said: Description, producer: object) -> None:
    """Writes the description into a PDF, without the time of writing: same pages, same bytes."""
    pdf.Root.Lang = String(said.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(said.title),
            Author=String(said.author),
            Subject=String(said.subject),
            Producer=producer,
        )
    )
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        told["dc:title"] = said.title
        told["dc:creator"] = [said.author]
        told["dc:description"] = said.subject
        told["dc:language"] = {said.language}
        told["dc:format"] = "application/pdf"
        told["dc:rights"] = RIGHTS
        told["xmpRights:WebStatement"] = LICENCE
        told["pdf:Producer"] = str(producer)
        if said.address:
            told["dc:identifier"] = said.address
