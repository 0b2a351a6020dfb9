"""The only place where the watch asks a question of the network."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import urllib3

from assessment.living.asking import source_fault
from assessment.living.asking.manners import Manners
from assessment.living.asking.source_fault import SourceFault, Unchanged

BUSY = {429, 500, 502, 503, 504}
REDIRECTS = {301, 302, 303, 307, 308}
GONE = {404, 410}
CHUNK = 65536


@dataclass(frozen=True)
class Marks:
    """What a server said about the version of a file: its ETag and Last-Modified, as sent."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Answer:
    """``body``: unpacked bytes. ``kind``: media type without parameters. ``charset``: as declared."""

    address: str
    body: bytes
    kind: str
    charset: str
    marks: Marks


class PoliteClient:
    """Asks one question at a time: says who asks, waits between questions to one host, tries again
    where a server was busy, silent or broke off, checks certificates, and follows redirects on the
    same host only.

    ``plain_hosts``: hosts that may be asked without TLS, for tests. ``known``: marks of earlier
    answers by address. ``seen`` holds those of this run.
    """

    def __init__(
        self,
        manners: Manners,
        *,
        plain_hosts: tuple[str, ...] = (),
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        self.manners, self.plain_hosts, self.sleep, self.now = manners, plain_hosts, sleep, now
        self.known: Mapping[str, Marks] = {}
        self.seen: dict[str, Marks] = {}
        self.questions: list[str] = []
        self._asked: dict[str, float] = {}
        wait = urllib3.Timeout(connect=manners.timeout_seconds, read=manners.timeout_seconds)
        self._pool = urllib3.PoolManager(
            timeout=wait, retries=False, headers={"User-Agent": manners.agent}
        )

    def get(self, address: str, kinds: tuple[str, ...], *, conditional: bool = False) -> Answer:
        """The answer of an address, of one of the media types ``kinds``.

        ``conditional``: ask only for what differs from the version known. Raises Unchanged where
        there is none, SourceFault where there is no answer that can be used.
        """
        for attempt in range(1, int(self.manners.tries) + 1):
            try:
                return self._followed(address, kinds, conditional)
            except _Again as again:
                if attempt == int(self.manners.tries):
                    raise again.fault from again
                longest = self.manners.longest_pause_seconds
                pause = self.manners.pause_seconds * 2 ** (attempt - 1)
                self.sleep(min(longest, again.after if again.after is not None else pause))
        raise AssertionError("manners ask at least once")

    def _followed(self, address: str, kinds: tuple[str, ...], conditional: bool) -> Answer:
        first, here = urlsplit(address).netloc, address
        for _step in range(int(self.manners.redirects) + 1):
            response = self._asked_once(here, self._headers(address, kinds, conditional))
            try:
                if response.status not in REDIRECTS:
                    return self._answer(address, response, kinds)
                here = urljoin(here, response.headers.get("Location", ""))
            finally:
                response.release_conn()
                response.close()
            if urlsplit(here).netloc != first:
                raise SourceFault(
                    source_fault.MOVED,
                    f"{address} leads to another host, {here}: look whether the source has moved, then"
                    " correct its address.",
                )
        raise SourceFault(source_fault.MOVED, f"{address} leads in a circle of redirects.")

    def _headers(self, address: str, kinds: tuple[str, ...], conditional: bool) -> dict[str, str]:
        headers = {
            "User-Agent": self.manners.agent,
            "Accept": ", ".join(kinds),
            "Accept-Encoding": "gzip",
        }
        marks = self.known.get(address) if conditional else None
        if marks and marks.etag:
            headers["If-None-Match"] = marks.etag
        if marks and marks.last_modified:
            headers["If-Modified-Since"] = marks.last_modified
        return headers

    def _asked_once(self, address: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        parts = urlsplit(address)
        if parts.scheme != "https" and parts.netloc not in self.plain_hosts:
            raise SourceFault(source_fault.MOVED, f"{address} is not asked: it is not https.")
        since = time.monotonic() - self._asked.get(parts.netloc, float("-inf"))
        if since < self.manners.spacing_seconds:
            self.sleep(self.manners.spacing_seconds - since)
        self._asked[parts.netloc] = time.monotonic()
        self.questions.append(address)
        try:
            return self._pool.request(
                "GET", address, headers=headers, redirect=False, preload_content=False
            )
        except urllib3.exceptions.SSLError as fault:
            raise SourceFault(source_fault.REFUSED, f"{address}: certificate: {fault}") from fault
        except (urllib3.exceptions.HTTPError, OSError) as fault:
            raise _Again(SourceFault(source_fault.NO_ANSWER, f"{address}: {fault}")) from fault

    def _answer(
        self, address: str, response: urllib3.BaseHTTPResponse, kinds: tuple[str, ...]
    ) -> Answer:
        self._compare_clocks(address, response.headers.get("Date", ""))
        if response.status == 304:
            self.seen[address] = self.known.get(address, Marks())
            raise Unchanged(address)
        if response.status in BUSY:
            fault = SourceFault(source_fault.NO_ANSWER, f"{address}: busy, {response.status}.")
            raise _Again(fault, self._wanted_pause(response))
        if response.status in GONE:
            raise SourceFault(source_fault.MOVED, f"{address}: {response.status}, nothing there.")
        if response.status != 200:
            raise SourceFault(source_fault.REFUSED, f"{address}: {response.status}.")
        kind, _, rest = response.headers.get("Content-Type", "").partition(";")
        if kind.strip().lower() not in kinds:
            raise SourceFault(
                source_fault.WRONG_KIND,
                f"{address}: '{kind.strip()}'. Allowed: {', '.join(kinds)}.",
            )
        body = self._body(address, response)
        headers = response.headers
        marks = Marks(headers.get("ETag", ""), headers.get("Last-Modified", ""))
        self.seen[address] = marks
        charset = rest.partition("charset=")[2].split(";")[0].strip(" \"'").lower()
        return Answer(address, body, kind.strip().lower(), charset, marks)

    def _body(self, address: str, response: urllib3.BaseHTTPResponse) -> bytes:
        begun, parts, size = time.monotonic(), [], 0
        try:
            for part in response.stream(CHUNK, decode_content=True):
                size += len(part)
                parts.append(part)
                if size > self.manners.largest_bytes:
                    raise SourceFault(
                        source_fault.TOO_LARGE,
                        f"{address}: more than {self.manners.largest_bytes:.0f} bytes.",
                    )
                if time.monotonic() - begun > self.manners.longest_seconds:
                    raise SourceFault(source_fault.NO_ANSWER, f"{address}: too slow.")
        except urllib3.exceptions.DecodeError as fault:
            raise SourceFault(source_fault.DAMAGED, f"{address}: {fault}") from fault
        except (urllib3.exceptions.HTTPError, OSError) as fault:
            broken = SourceFault(source_fault.NO_ANSWER, f"{address}: broke off ({fault}).")
            raise _Again(broken) from fault
        return b"".join(parts)

    def _wanted_pause(self, response: urllib3.BaseHTTPResponse) -> float | None:
        """Seconds that Retry-After asks for, as a number or a day by the server's own clock (RFC 9110,
        section 10.2.3).
        """
        text = response.headers.get("Retry-After", "").strip()
        if text.isdecimal():
            return float(text)
        wanted = _moment(text)
        if wanted is None:
            return None
        begun = _moment(response.headers.get("Date", "")) or self.now()
        return max(0.0, (wanted - begun).total_seconds())

    def _compare_clocks(self, address: str, said: str) -> None:
        """A wrong clock of ours would date a look wrongly, and the book would seem checked."""
        theirs = _moment(said)
        if theirs is None:
            return
        apart = abs((theirs - self.now()).total_seconds())
        if apart > self.manners.clock_seconds:
            raise SourceFault(
                source_fault.CLOCK,
                f"{address} says {said}, this machine {self.now():%Y-%m-%d %H:%M} UTC: one of the two"
                " clocks is wrong, so this look has no date.",
            )


class _Again(Exception):
    """Worth another try, after so many seconds if the server named some."""

    def __init__(self, fault: SourceFault, after: float | None = None):
        super().__init__(str(fault))
        self.fault, self.after = fault, after


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
