"""The few questions that publishing asks of GitHub, and the few things it writes there."""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any, NoReturn

WAIT = 60  # seconds
AGENT = "assessment-publishing"


class GitHubError(Exception):
    """GitHub cannot be reached, refuses, or gives more than is allowed."""


class _TokenStaysHere(urllib.request.HTTPRedirectHandler):
    """Files are kept on other hosts: the token is not sent along to them."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        new = super().redirect_request(req, fp, code, msg, headers, newurl)
        hosts = [urllib.parse.urlsplit(url).netloc for url in (req.full_url, newurl)]
        if new is not None and hosts[0] != hosts[1]:
            new.headers.pop("Authorization", None)
            new.unredirected_hdrs.pop("Authorization", None)
        return new


class GitHub:
    """One repository: ``address`` of the interface, ``repository`` as owner/name, a token."""

    def __init__(self, address: str, repository: str, token: str = ""):
        self.address, self.repository, self.token = address.rstrip("/"), repository, token
        self._open = urllib.request.build_opener(_TokenStaysHere()).open

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> GitHub:
        """As a workflow sets it; GITHUB_TOKEN may be missing where nothing is written.

        Raises GitHubError where no repository is named."""
        if not environment.get("GITHUB_REPOSITORY"):
            raise GitHubError(
                "GITHUB_REPOSITORY is not set: this is for a workflow on GitHub; by hand, set it to"
                " owner/name, and GITHUB_TOKEN to a token."
            )
        return cls(
            environment.get("GITHUB_API_URL") or "https://api.github.com",
            environment["GITHUB_REPOSITORY"],
            environment.get("GITHUB_TOKEN", ""),
        )

    def get(self, path: str) -> Any:
        """The answer to a question below the repository."""
        return json.loads(self._asked(self._request(path), 50_000_000))

    def get_all(self, path: str, key: str = "") -> list[dict]:
        """Every entry of a list, page by page; ``key``: where in the answer the list stands."""
        found: list[dict] = []
        for number in range(1, 100):
            mark = "&" if "?" in path else "?"
            answer = self.get(f"{path}{mark}per_page=100&page={number}")
            entries = answer[key] if key else answer
            found += entries
            if len(entries) < 100:
                break
        return found

    def send(self, method: str, path: str, body: Mapping) -> Any:
        """Writes something; the answer."""
        request = self._request(path, method, json.dumps(body).encode())
        return json.loads(self._asked(request, 50_000_000) or b"null")

    def download(self, address: str, largest: int) -> bytes:
        """A file of at most ``largest`` bytes, named below the repository or by its whole address."""
        request = self._request(address)
        if not address.startswith(self.address) and "://" in address:
            request.headers.pop("Authorization", None)
        request.headers["Accept"] = "application/octet-stream"
        return self._asked(request, largest)

    def _request(self, path: str, method: str = "GET", body: bytes | None = None):
        below = f"{self.address}/repos/{self.repository}/{path}"
        request = urllib.request.Request(path if "://" in path else below, body, method=method)
        request.headers.update(
            {
                "User-agent": AGENT,
                "Accept": "application/vnd.github+json",
                "X-github-api-version": "2022-11-28",
            }
        )
        if self.token:
            request.headers["Authorization"] = f"Bearer {self.token}"
        return request

    def _asked(self, request, largest: int) -> bytes:
        where = f"{request.get_method()} {request.full_url}"
        try:
            with self._open(request, timeout=WAIT) as answer:
                content = answer.read(largest + 1)
        except urllib.error.HTTPError as fault:
            said = fault.read(300).decode(errors="replace")
            raise GitHubError(
                f"{where}: refused with {fault.code} {fault.reason}. {said}"
            ) from fault
        except OSError as fault:
            raise GitHubError(f"{where}: cannot be reached ({fault}).") from fault
        if len(content) > largest:
            raise GitHubError(f"{where}: larger than {largest} bytes, which is the most allowed.")
        return content


def give_up(fault: Exception) -> NoReturn:
    """Ends the program with one sentence."""
    sys.exit(str(fault))
