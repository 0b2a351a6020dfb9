"""A Jupyter kernel forked from this process, which has imported what chapters import: it is there at
once, while a new one would import for seconds."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from assessment.evidence.provenance.changed_data import forget_results, memories
from assessment.evidence.read_log import start_recording
from assessment.presentation.cell_runs.cell_origin import follow_cells

_memories: list[Any] = []


@contextmanager
def shared_memory() -> Iterator[None]:
    """Meanwhile what this process holds is shared with the kernels forked from it, page by page: their
    search for garbage, which writes to every object it looks at, passes over it. To be entered when
    all that chapters import is imported.
    """
    _memories[:] = memories()
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def forked_kernel() -> tuple[AsyncKernelManager, ForkedProcess]:
    """A kernel that was forked now, as its manager, which starts it, and its process.

    To be called while this process has no thread but one: a fork copies no other. Everything the
    kernel reads is recorded (``read_log``) from its beginning.
    """
    receiving, sending = os.pipe()
    child = os.fork()
    if not child:
        os.close(sending)
        _serve(receiving)
    os.close(receiving)
    process, manager = ForkedProcess(child), AsyncKernelManager(kernel_name="python3")

    def start() -> ForkedProcess:
        os.write(sending, manager.connection_file.encode())
        os.close(sending)
        return process

    provisioner = _Forked(kernel_spec=manager.kernel_spec, parent=manager)
    provisioner.start = start
    manager.provisioner = provisioner
    return manager, process


def _serve(receiving: int) -> None:
    """The kernel's life: waits for the name of its connection file, serves, and ends."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.environ["JPY_PARENT_PID"] = str(os.getppid())  # with whom it ends
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(silence, stream)
        connection = os.read(receiving, 4096).decode()
        if connection:  # else the other side has ended
            # what was read before the fork is read, and noted, again
            forget_results(_memories or None)
            start_recording()
            from ipykernel.kernelapp import IPKernelApp

            kernel = IPKernelApp.instance()
            kernel.initialize(["-f", connection, "--log-level=ERROR", "--quiet"])
            follow_cells()  # imported before there were any
            kernel.start()
        code = 0
    finally:
        os._exit(code)


class _Forked(LocalProvisioner):
    """Starts nothing: the kernel waits already."""

    start: Any = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any):
        self.process = self.start()
        self.pid, self.pgid = self.process.pid, None
        return self.connection_info


class ForkedProcess:
    """A forked process as subprocess.Popen would show it."""

    stdout = stderr = stdin = None

    def __init__(self, pid: int):
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""
        if self.returncode is None:
            try:
                found, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                self.returncode = 0
            else:
                self.returncode = os.waitstatus_to_exitcode(status) if found else None
        return self.returncode

    def wait(self) -> int:
        """Waits for its end; its exit code."""
        if self.returncode is None:
            _pid, status = os.waitpid(self.pid, 0)
            self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Sends it a signal; nothing happens when it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Ends it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Asks it to end."""
        self.send_signal(signal.SIGTERM)
