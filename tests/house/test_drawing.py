"""CONTRIBUTING draws the house as it stands: every folder of the package, each where it lies."""

from __future__ import annotations

import re
from pathlib import Path

from assessment.evidence.paths import PACKAGE, ROOT

TOP = "\ncode/assessment/\n"
FOLDER = re.compile(r"(?<![\w./])(\w+)/(?!\w)")


def drawn_folders(drawing: str) -> set[str]:
    """Paths below the package: a line belongs to the folder it begins with, and names of further
    folders on it, or on lines that are indented more and begin with none of their own, are inside.
    """
    found: set[str] = set()
    above: list[tuple[int, str]] = []
    for line in drawing.split(TOP, 1)[1].splitlines():
        indent = len(line) - len(line.lstrip())
        if not indent:
            break
        names = FOLDER.findall(line)
        continued = bool(above) and indent > above[-1][0] + 4
        if not continued:
            while above and above[-1][0] >= indent:
                above.pop()
            parent = above[-1][1] if above else ""
            above.append((indent, f"{parent}{names.pop(0)}/"))
            found.add(above[-1][1])
        found |= {f"{above[-1][1]}{name}/" for name in names}
    return found


def folders(place: Path) -> set[str]:
    """Paths below ``place`` of the folders that hold a file; what Python compiled does not count."""
    files = (p.relative_to(place) for p in place.rglob("*") if p.is_file())
    return {
        f"{p.parent.as_posix()}/" for p in files if p.parts[1:] and "__pycache__" not in p.parts
    }


def test_the_drawing_names_every_folder_of_the_package_and_no_other():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert drawn_folders(text) == folders(PACKAGE)


def test_folders_of_tests_mirror_the_rooms():
    beside = {"cases", "doors", "expected", "house"}
    tests = {name for name in folders(ROOT / "tests") if name.split("/")[0] not in beside}
    assert tests <= folders(PACKAGE)


def test_a_drawing_is_read_by_its_indents():
    drawing = f"""{TOP}  cellar/         wine
    shelves/        red/ white/ and no path/to/a.file
  attic/          boxes
    trunk/          and
                      hats/
garden/           is not in the house
"""
    inside = {"cellar/", "cellar/shelves/", "cellar/shelves/red/", "cellar/shelves/white/"}
    assert drawn_folders(drawing) == inside | {"attic/", "attic/trunk/", "attic/trunk/hats/"}


def test_paths_that_the_guides_name_exist():
    missing = []
    for guide in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / guide).read_text(encoding="utf-8")
        for path in re.findall(r"`((?:\w+/)+\w+\.(?:py|csv|json|md|yml|sh|css|js))`", text):
            places = (ROOT, PACKAGE)
            if not any((place / path).exists() for place in places):
                missing.append(f"{guide}: {path}")
    assert not missing
