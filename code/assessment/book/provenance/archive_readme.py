"""The README of the archive of data: what it holds, which version, under which licence."""

from __future__ import annotations

from assessment.book.provenance import label_words
from assessment.book.provenance.table_descriptions import licence
from assessment.book.site.citation import Work
from assessment.evidence import descriptor, read_table
from assessment.presentation import numbers

README = "README.md"


def readme(work: Work) -> str:
    """The file's text, from the descriptor and the tables as they are."""
    w, package = label_words.README, descriptor()
    day = f", {numbers.day(work.day)}" if work.day else ""
    lines = [
        f"# {package['title']}",
        "",
        package["description"],
        "",
        f"- {w['version']}: {work.commit}{day}",
        f"- {w['address']}: {work.address or label_words.NO_ADDRESS}",
        f"- {w['licence']}: {licence()}",
        "",
        w["reuse"],
        "",
        f"## {w['archive']}",
        "",
        *(f"{w[part]}\n" for part in ("tables", "references", "provenance")),
    ]
    for table in package["resources"]:
        size = w["rows"].format(
            rows=numbers.number(len(read_table(table["name"]))),
            fields=len(table["schema"]["fields"]),
        )
        lines.append(f"- `data/{table['path']}`: {table['title']}. {table['description']} ({size})")
    return "\n".join(lines) + "\n"
