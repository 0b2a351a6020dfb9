"""The house stays as it was drawn: arrows between rooms, sizes, names. CONTRIBUTING has the drawing."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from assessment.evidence.paths import PACKAGE, ROOT

# A room imports from itself and from rooms before it.
ROOMS = (
    "evidence",
    "survival",
    "economics",
    "case",
    "living",
    "presentation",
    "pages",
    "workbook",
    "book",
)
LONGEST_FILE, WIDEST_LINE, FULLEST_FOLDER = 250, 110, 13
FILES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted(p for top in ("tests", "benchmarks") for p in (ROOT / top).rglob("*.py"))


def named(path: Path) -> str:
    """A file as a message names it."""
    return path.relative_to(ROOT).as_posix()


@cache
def imports(path: Path) -> list[tuple[int, str, str]]:
    """(line, module, name) of each of our own imports in a file; relative ones are refused."""
    found: list[tuple[int, str, str]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, (
                f"{named(path)}, line {node.lineno}: write the import absolutely"
            )
            if (node.module or "").split(".")[0] == PACKAGE.name:
                found += [(node.lineno, node.module, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            ours = [a.name for a in node.names if a.name.split(".")[0] == PACKAGE.name]
            found += [(node.lineno, *name.rpartition(".")[::2]) for name in ours]
    return found


def imported_file(module: str, name: str) -> Path:
    """The file that ``from module import name`` is about: a module, or one that holds the name."""
    place = PACKAGE.parent.joinpath(*module.split("."))
    for file in (place / f"{name}.py", place / name / "__init__.py", place.with_suffix(".py")):
        if file.exists():
            return file
    return place / "__init__.py"


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def circles(arrows: dict[str, set[str]]) -> list[list[str]]:
    """The groups of nodes that can be reached from each other, by depth-first search."""

    def reached(start: str) -> set[str]:
        seen, waiting = set(), [start]
        while waiting:
            for other in arrows.get(waiting.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return seen

    all_reached = {node: reached(node) for node in arrows}
    in_circle = [node for node, others in all_reached.items() if node in others]
    groups = {
        tuple(sorted(o for o in in_circle if o in all_reached[n] and n in all_reached.get(o, ())))
        for n in in_circle
    }
    return [list(group) for group in sorted(groups)]


def test_the_folders_are_the_rooms():
    folders = {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders == set(ROOMS)


def test_a_room_imports_only_from_rooms_before_it():
    wrong = []
    for path in FILES:
        for line, module, name in imports(path):
            here, there = room(path), room(imported_file(module, name))
            if here and there and ROOMS.index(there) > ROOMS.index(here):
                wrong.append(f"{named(path)}, line {line}: {here} imports {module}.{name}")
    assert not wrong, "A later room is imported:\n" + "\n".join(wrong)


@pytest.mark.parametrize("level", ["files", "sub-rooms"])
def test_nothing_runs_in_a_circle(level):
    arrows: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        here = path if level == "files" else path.parent
        for _, module, name in imports(path):
            target = imported_file(module, name)
            there = target if level == "files" else target.parent
            # A face passes on what its folder holds: that is no arrow of its own.
            if here != there and not (path.name == "__init__.py" and path.parent in target.parents):
                arrows[named(here)].add(named(there))
    assert not circles(arrows)


def test_a_circle_is_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert circles({"a": {"b"}, "b": {"c"}}) == []


def private_imports(path: Path) -> list[str]:
    """Names of other files that are their own affair; the translator's ``_`` is everybody's."""
    return [
        f"line {line}: {module}.{name}"
        for line, module, name in imports(path)
        if any(part.startswith("_") and part != "_" for part in (*module.split("."), name))
    ]


def over(limit: int, counts: dict[str, int]) -> dict[str, int]:
    return {name: n for name, n in counts.items() if n > limit}


def test_nothing_imports_a_private_name():
    counts = {named(path): len(private_imports(path)) for path in [*FILES, *TESTS]}
    assert not over(0, counts)


def test_file_names_are_unique_in_the_package():
    counts = Counter(path.name for path in FILES if not path.name.startswith("__"))
    assert not {name: n for name, n in counts.items() if n > 1}


def test_no_folder_is_crowded():
    counts = Counter(named(path.parent) for path in FILES if path.name != "__init__.py")
    assert not over(FULLEST_FOLDER, counts)


def test_no_file_is_long():
    lines = {named(p): p.read_text(encoding="utf-8").count("\n") for p in [*FILES, *TESTS]}
    assert not over(LONGEST_FILE, lines), "split where there are two subjects"


def test_no_line_is_wide():
    wide = {}
    for path in [*FILES, *TESTS]:
        lines = path.read_text(encoding="utf-8").splitlines()
        wide[named(path)] = sum(len(line) > WIDEST_LINE for line in lines)
    assert not over(0, wide)


def test_only_what_passes_a_limit_is_told():
    assert over(250, {"a.py": 251, "b.py": 250}) == {"a.py": 251}
