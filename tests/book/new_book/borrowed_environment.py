"""A virtual environment for a copy of the book that holds nothing of its own: it borrows what is
installed here, so that the commands of the README run in the copy without installing anything.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import sysconfig
from pathlib import Path

PROGRAMS = ("jupyter-book", "ruff", "mypy", "pytest", "zizmor", "jactionlint", "shellcheck")
LOCKS = {
    "book": ("requirements.txt",),
    "test": ("requirements.txt", "requirements/test.txt"),
    "lint": ("requirements.txt", "requirements/lint.txt"),
}


def borrow_environment(folder: Path) -> None:
    """Makes ``folder/.venv``: packages from here, the book's own code from ``folder``; it counts as
    brought up to the locks of ``folder`` (see tools/environment.sh).
    """
    made = folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True)
    packages = made / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    installed = sysconfig.get_paths()["purelib"]
    (packages / "borrowed.pth").write_text(f"{folder / 'code'}\n{installed}\n", encoding="utf-8")
    for name in PROGRAMS:
        program = Path(sys.executable).with_name(name)
        if program.exists():
            _borrow_program(program, made / "bin" / name)
    for what, locks in LOCKS.items():
        content = b"".join((folder / name).read_bytes() for name in (*locks, "pyproject.toml"))
        stamp = hashlib.sha256(content).hexdigest()
        (made / f".installed-{what}").write_text(stamp + "\n", encoding="utf-8")


def _borrow_program(program: Path, to: Path) -> None:
    """A script with the copy's Python; a program of its own as a link."""
    content = program.read_bytes()
    if content.startswith(b"#!"):
        to.write_bytes(f"#!{to.with_name('python')}\n".encode() + content.partition(b"\n")[2])
        to.chmod(0o755)
    else:
        to.symlink_to(program)
