"""A notebook that somebody works in: a cell says when the data it would use have changed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from assessment.evidence.provenance.changed_data import DataWatch
from assessment.presentation.language import _

watch: list[DataWatch] = []  # one in a live session, none elsewhere


def is_live() -> bool:
    """Whether a person works in this notebook; a build runs its chapters otherwise."""
    return bool(os.environ.get("JPY_SESSION_NAME"))


def sentence(changed: list[Path], restart: list[Path]) -> str:
    """What a person is told before a cell runs; "" when nothing has changed."""
    if restart:
        return _(
            "{files}: changed since this kernel started, and read only when one starts. What is"
            " shown may be a mixture: choose Kernel ▸ Restart Kernel and Run All Cells."
        ).format(files=_listed(restart))
    if changed:
        return _(
            "{files}: changed since this kernel read it. It is read again from this cell on; what"
            " other cells show is older: choose Run ▸ Run All Cells."
        ).format(files=_listed(changed))
    return ""


def _listed(paths: list[Path], most: int = 3) -> str:
    names = [path.as_posix() for path in paths]
    more = _("and {count} more").format(count=len(names) - most)
    return ", ".join(names if len(names) <= most else [*names[:most], more])


def _cell_begins(*_unused) -> None:
    if told := sentence(*watch[0].reread()):
        print(told, file=sys.stderr)


def follow_data() -> None:
    """Looks at the data before every cell of a live notebook. Called once, when ``show`` is imported."""
    from IPython import get_ipython

    if is_live() and not watch and (shell := get_ipython()) is not None:
        watch.append(DataWatch())
        shell.events.register("pre_run_cell", _cell_begins)
