"""Watches the book's files and keeps the live site right."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import time
import webbrowser
from contextlib import suppress
from pathlib import Path

from assessment.book.building.build_inputs import see_times
from assessment.book.building.sphinx_run import forked, import_extensions
from assessment.book.chapters.kernel_fork import ForkedProcess
from assessment.book.live.live_server import LiveServer
from assessment.book.live.live_state import LiveState, StateFile, show_pages
from assessment.book.live.live_update import update
from assessment.evidence import ROOT

LOOKED_EVERY = 0.15  # seconds
SERVER = "ASSESSMENT_LIVE_SERVER"  # in the environment: process id and address, when begun again


def begin(root: Path, folder: Path) -> None:
    """Makes the folder of the live site, from the last build where there is one."""
    made = root / "_build" / ".made"
    if not (folder / "doctrees").exists() and (made / "made-from").exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder, ignore=shutil.ignore_patterns("assessmentpdf"))
    (folder / "html").mkdir(parents=True, exist_ok=True)
    show_pages(folder)


class LiveLoop:
    """Follows the files of the book at ``root``; ``folder``: the live site."""

    def __init__(self, root: Path, folder: Path):
        self.root, self.folder, self.state = root, folder, StateFile(folder)
        self.times = see_times(root)
        self._update: ForkedProcess | None = None
        self._waiting: list[str] = []

    def start(self, changed: list[str]) -> None:
        """Begins an update; one that runs is ended, and what it was doing is done again."""
        self.stop()
        self._waiting = sorted({*self._waiting, *changed})
        told = ", ".join(self._waiting[:3]) or "the book"
        self.state.tell(busy=f"reading {told}")
        waiting = list(self._waiting)
        run = forked(self.folder, "update", lambda: update(self.root, self.folder, waiting))
        self._update = run.process if isinstance(run.process, ForkedProcess) else None

    def stop(self) -> None:
        """Ends the update that runs, with all it has begun."""
        if self._update is not None and self._update.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._update.pid, signal.SIGKILL)
            self._update.wait()

    def look(self) -> list[str]:
        """Files that have changed since the last look."""
        now = see_times(self.root)
        names = now.keys() | self.times.keys()
        changed = sorted(name for name in names if now.get(name) != self.times.get(name))
        self.times = now
        return changed

    def ended(self) -> bool:
        """Whether the update that was running has just ended."""
        if self._update is None or self._update.poll() is None:
            return False
        if self._update.returncode:
            log = self.folder / "update.log"
            self.state.tell(busy="", message=f"The update failed. The whole log: {log}")
        self._update, self._waiting = None, []
        return True


def serve(folder: Path) -> tuple[int, str]:
    """Begins to serve the live site in a process of its own; (its id, the address)."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child:
        os.close(sending)
        return child, os.read(receiving, 200).decode()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = LiveServer(folder)
    os.write(sending, server.address.encode())
    server.serve_forever()
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the book's folder")
    parser.add_argument("--no-browser", action="store_true", help="only say the address")
    given = parser.parse_args()
    # a shell that begins it in the background lets it ignore what ends it
    signal.signal(signal.SIGINT, signal.default_int_handler)
    root = given.root.resolve()
    folder = root / "_build" / ".live"
    begin(root, folder)
    if known := os.environ.pop(SERVER, ""):
        server, address = int(known.partition(" ")[0]), known.partition(" ")[2]
    else:
        StateFile(folder).tell(**vars(LiveState(busy="reading the book")))
        server, address = serve(folder)
        print(f"The book: {address}\nSave a file and look; Ctrl-C ends.", flush=True)
    loop = LiveLoop(root, folder)
    import_extensions(root)
    loop.start([])
    first = not known
    try:
        while True:
            time.sleep(LOOKED_EVERY)
            changed = loop.look()
            if changed:
                print(f"  {time.strftime('%H:%M:%S')} {', '.join(changed[:5])}", flush=True)
                if any(name.startswith("code/") and name.endswith(".py") for name in changed):
                    loop.stop()
                    os.environ[SERVER] = f"{server} {address}"
                    os.execv(sys.executable, [sys.executable, "-m", __package__, *sys.argv[1:]])
                loop.start(changed)
            if loop.ended():
                print(f"  {time.strftime('%H:%M:%S')} shown", flush=True)
                if first and not given.no_browser:
                    webbrowser.open(address)
                first = False
    except KeyboardInterrupt:
        print("Ended.")
    finally:
        loop.stop()
        with suppress(ProcessLookupError):
            os.kill(server, signal.SIGTERM)
