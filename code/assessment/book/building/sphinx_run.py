"""The site and the PDF in one run of Sphinx: pages are read once, then both are written side by side."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from assessment.book.building.build_events import LEFT_OPEN
from assessment.book.building.logged_run import LoggedRun, log_file
from assessment.book.chapters.kernel_fork import ForkedProcess
from assessment.book.pdf.builder import AssessmentPDFBuilder, write_pdf

THEMES = ("pydata_sphinx_theme", "sphinx_book_theme", "sphinx.directives.other")
# Where the process that reads the pages puts the PDF, and its log's folder; None: it writes none.
_pdf: tuple[Path, Path] | None = None
_writing: list[LoggedRun] = []


def forked(folder: Path, name: str, work: Callable[[], int]) -> LoggedRun:
    """Runs ``work`` in a process of its own, forked from this one; its result is the exit code, its
    output goes to ``folder/<name>.log``.
    """
    log = log_file(folder, name)
    log.write_bytes(b"")  # who follows it must not find what the last run said
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return LoggedRun(folder, name, ForkedProcess(child))
    code = 1
    try:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        kept = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_APPEND)
        os.dup2(kept, 1)
        os.dup2(kept, 2)
        sys.stdout = os.fdopen(1, "w", buffering=1, encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", closefd=False)
        code = work()
    except SystemExit:
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def site_and_pdf(root: Path, made: Path) -> LoggedRun:
    """Begins to write the site below ``made/html`` and the PDF below ``made/assessmentpdf``, both from
    the documents in ``made/doctrees``, which are read again where pages have changed. The site is
    left as Sphinx writes it, neither stamped nor sealed.
    """
    return forked(root / "_build", "site", lambda: _run(root, made))


def _run(root: Path, made: Path) -> int:
    global _pdf
    _pdf = made / "assessmentpdf", root / "_build"
    os.environ[LEFT_OPEN] = "yes"
    failed = sphinx(root, made / "html", made / "doctrees")
    for pdf in _writing:
        failed = pdf.process.wait() or failed
    return int(bool(failed))


def sphinx(root: Path, outdir: Path, doctrees: Path, strict: bool = True) -> object:
    """Builds the site as ``jupyter-book build -W -n --keep-going`` does, or without the first and the
    last; what it returns is false on success.
    """
    from jupyter_book.sphinx import build_sphinx

    return build_sphinx(
        root,
        outdir,
        doctreedir=doctrees,
        noconfig=True,
        path_config=root / "_config.yml",
        confoverrides=_overrides(root),
        warningiserror=strict,
        keep_going=strict,
    )


def _overrides(root: Path) -> dict[str, object]:
    """What jupyter-book would set for these options."""
    toc = (root / "_toc.yml").as_posix()
    return {"external_toc_path": toc, "latex_individualpages": False, "nitpicky": True}


def import_extensions(root: Path) -> None:
    """Imports what Sphinx would import for this book: processes forked from this one begin at once."""
    from jupyter_book.config import get_final_config
    from sphinx import application

    config, _meta = get_final_config(
        user_yaml=root / "_config.yml", cli_config=_overrides(root), sourcedir=root
    )
    for name in (*application.builtin_extensions, *config["extensions"], *THEMES):
        importlib.import_module(name)


def begin_pdf(app, *_others) -> None:
    """Handler of Sphinx's ``env-check-consistency``, the moment when all pages have been read, and of
    ``write-started`` and ``build-finished``, where none had to be: a process forked now writes the
    PDF from what this one has in memory.
    """
    if _pdf is not None and not _writing and app.builder.name == "html":
        outdir, folder = _pdf
        _writing.append(forked(folder, "pdf", lambda: _write_pdf(app, outdir)))


def _write_pdf(app, outdir: Path) -> int:
    # The theme has made its translator for the site; asked again, it would mix it with itself.
    app.registry.translators[AssessmentPDFBuilder.name] = app.registry.translators["html"]
    write_pdf(app, outdir)
    return int(app._warncount > 0)
