"""Sections that say which facts they need, and wait until these are known.

The first lines under a heading of a page may be comments such as

    % needs: {trial}.os.{cohort}.hazard_ratio, {trial}.os.{cohort}.{control}.median
    % needs: table:events

``{trial}`` is the prefix of the base case's facts, ``{cohort}`` every cohort in turn, ``{treated}``
and ``{control}`` the arms, all from ``data/case.csv``; ``{inputs}`` is every fact that the economic
model reads, by ``data/model_inputs.csv``. A fact is known when it has a row whose status
is not 'unknown'; a table when it has a row at all. Under the title of a page the comment holds for
the whole page. As long as something is missing, the section is left out, its cells are not run, and
a sentence in its place names what it waits for.

``python -m assessment.book.chapters.waiting_sections`` lists the sections that wait.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from markdown_it import MarkdownIt

from assessment.case.definition import load_case
from assessment.case.model.inputs.unknown_inputs import input_facts
from assessment.evidence import ROOT, load_facts, read_table, resources
from assessment.presentation.language import _

NEEDS = re.compile(r"%\s*needs:\s*(?P<what>.+)")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
LABEL = re.compile(r"\([\w-]+\)=\s*")
NAMED = 6  # so many missing facts are named on the page
TABLE, INPUTS = "table:", "{inputs}"


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, up to the next heading of its level or above.

    ``first``: line of the heading; ``body``: first line under it; ``end``: line behind the last, all
    counted from 0. ``needs``: what its comments name, as written.
    """

    title: str
    first: int
    body: int
    end: int
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """A section that is left out, and the ids of what it waits for."""

    section: Section
    missing: tuple[str, ...]


def sections(text: str) -> list[Section]:
    """Every section of a page that says what it needs, in the order of the page."""
    lines = text.split("\n")
    front = FRONT_MATTER.match(text)
    skipped = front.group().count("\n") if front else 0
    tokens = MarkdownIt().parse("\n".join(lines[skipped:]))
    headings = [
        (int(token.tag[1:]), skipped + token.map[0], skipped + token.map[1], tokens[i + 1].content)
        for i, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]
    found = []
    for i, (level, first, body, title) in enumerate(headings):
        needs = _needs(lines[body:])
        if needs:
            later = (start for depth, start, *_rest in headings[i + 1 :] if depth <= level)
            found.append(Section(title, first, body, _end(lines, next(later, len(lines))), needs))
    return found


def _needs(lines: list[str]) -> tuple[str, ...]:
    """What the comments at the top of a section name."""
    found: list[str] = []
    for line in lines:
        comment = NEEDS.fullmatch(line.strip())
        if comment:
            found += [what.strip() for what in comment["what"].split(",") if what.strip()]
        elif line.strip():
            break
    return tuple(found)


def _end(lines: list[str], end: int) -> int:
    """The end without the label of the heading that follows."""
    last = end
    while last and not lines[last - 1].strip():
        last -= 1
    return last - 1 if last and end < len(lines) and LABEL.fullmatch(lines[last - 1]) else end


def expanded(need: str) -> list[str]:
    """Every id that a need stands for. ValueError when it holds a place that the case cannot fill."""
    if need == INPUTS:
        return list(input_facts())
    case = load_case()
    places = {
        "trial": [case.base_set.fact_prefix],
        "cohort": [cohort.id for cohort in case.cohorts],
        "treated": [case.treated.id],
        "control": [case.control.id],
    }
    used: list[str] = re.findall(r"\{(\w*)\}", need)
    unknown = [name for name in used if name not in places]
    if unknown:
        raise ValueError(
            f"'% needs: {need}' has the place {{{unknown[0]}}}. Places are:"
            f" {', '.join(places)}; or '{INPUTS}' alone."
        )
    names = dict.fromkeys(used)
    filled = (dict(zip(names, values)) for values in product(*(places[name] for name in names)))
    return [need.format(**values) for values in filled]


def missing(needs: tuple[str, ...]) -> tuple[str, ...]:
    """The ids among what is needed that are not known yet."""
    facts = load_facts()
    ids = [one for need in needs for one in expanded(need)]
    tables = {resource["name"] for resource in resources()}

    def known(one: str) -> bool:
        if one.startswith(TABLE):
            name = one.removeprefix(TABLE)
            return name in tables and bool(read_table(name))
        return one in facts and facts[one].status != "unknown"

    return tuple(dict.fromkeys(one for one in ids if not known(one)))


def waiting(text: str) -> list[Waiting]:
    """The sections of a page that wait; one inside another that waits is not told again."""
    found: list[Waiting] = []
    for section in sections(text):
        if found and section.first < found[-1].section.end:
            continue
        if lacking := missing(section.needs):
            found.append(Waiting(section, lacking))
    return found


def without_waiting(text: str) -> str:
    """A page with a sentence in place of every section that waits."""
    lines = text.split("\n")
    for one in reversed(waiting(text)):
        lines[one.section.body : one.section.end] = ["", *_notice(one), ""]
    return "\n".join(lines)


def _notice(one: Waiting) -> Iterator[str]:
    yield ":::{admonition} " + _("This section waits for facts")
    yield ":class: waiting"  # not translated: syntax
    yield _("It is left out until these are known:")
    yield ""
    for name in one.missing[:NAMED]:
        yield f"- {_described(name)}"
    if (more := len(one.missing) - NAMED) > 0:
        yield "- " + _("and {n} more, which `make check` lists").format(n=more)
    yield ":::"


def _described(name: str) -> str:
    """One missing fact or table, and where it belongs."""
    facts = load_facts()
    if name.startswith(TABLE):
        files = {resource["name"]: resource["path"] for resource in resources()}
        table = name.removeprefix(TABLE)
        return _("a row in `data/{file}`").format(file=files.get(table, table))
    if name in facts:
        fact = facts[name]
        return _("{label}: `{name}`, still unknown in `{file}`, row {row}").format(
            label=fact.label, name=name, file=fact.file, row=fact.row
        )
    return _("`{name}`, which has no row in `data/facts/` yet").format(name=name)


def leave_out(app, docname: str, source: list[str]) -> None:
    """Sphinx asks for the text of a page: it gets it without the sections that wait."""
    source[0] = without_waiting(source[0])


def main(root: Path = ROOT) -> None:
    """Tells which sections wait, page by page."""
    for path in (root / "index.md", *sorted((root / "chapters").glob("*.md"))):
        for one in waiting(path.read_text(encoding="utf-8")):
            title = re.sub(r"\{\w+\}`(.*?)`", r"\1", one.section.title)
            place = f"{path.relative_to(root)}, line {one.section.first + 1}"  # not translated: for builders
            print(f"{place}: '{title}' waits for")  # not translated: for builders
            for name in one.missing:
                print(f"    {name}")


if __name__ == "__main__":
    main()
