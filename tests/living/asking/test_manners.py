"""Manners: who asks says so, waits, follows no one to another host, and asks only for what is new."""

from __future__ import annotations

import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from assessment.living.asking import source_fault as why
from assessment.living.asking.manners import AGENT, load_manners
from assessment.living.asking.polite_client import Marks, PoliteClient
from assessment.living.asking.source_fault import SourceFault, Unchanged

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parents[1]))
from conftest import answer

KIND = ("text/plain",)


def plain(handler):
    answer(handler, b"words", "text/plain", ETag='"v2"')


def test_the_rules_are_those_that_were_promised():
    manners = load_manners()
    assert manners.spacing_seconds >= 1 and manners.tries >= 2 and manners.timeout_seconds <= 60


def test_who_asks_says_so_and_waits_between_two_questions(server, client_for, slept):
    server.does["/a"] = plain
    client = client_for(spacing_seconds=1)
    for _question in range(3):
        client.get(f"http://{server.host}/a", KIND)
    assert [headers["User-Agent"] for _path, headers in server.asked] == [AGENT] * 3
    # nobody waits in a test, so next to nothing of each second has passed by itself
    assert len(slept) == 2 and all(0 < pause <= 1 for pause in slept)
    assert "contact: https://example.org" in load_manners("https://example.org").agent


def test_only_what_has_changed_is_asked_for(server, client_for):
    client, address = client_for(), f"http://{server.host}/a"
    server.does["/a"] = plain
    assert client.get(address, KIND, conditional=True).marks == Marks('"v2"', "")
    client.known = {address: Marks('"v2"', "Tue, 01 Dec 2026 00:00:00 GMT")}
    server.does["/a"] = lambda h: answer(h, b"", status=304)
    with pytest.raises(Unchanged):
        client.get(address, KIND, conditional=True)
    asked = server.asked[-1][1]
    assert asked["If-None-Match"] == '"v2"'
    assert asked["If-Modified-Since"] == "Tue, 01 Dec 2026 00:00:00 GMT"
    assert client.seen[address].etag == '"v2"', "still the version known"
    server.does["/a"] = plain
    client.get(address, KIND)
    assert "If-None-Match" not in server.asked[-1][1], "asked without condition"


@pytest.mark.parametrize(
    ("wanted", "pause"),
    [
        ("7", 7.0),
        ("100000", 120.0),
        (format_datetime(datetime(2026, 12, 1, 12, 0, 9, tzinfo=UTC), usegmt=True), 9.0),
        ("soon", 5.0),
        ("", 5.0),
    ],
    ids=[
        "seconds",
        "no longer than we wait",
        "a day by the server's clock",
        "no number",
        "nothing",
    ],
)
def test_a_busy_server_says_how_long_to_wait(server, slept, client_for, wanted, pause):
    """RFC 9110, 10.2.3: seconds or a day; the day counts from the server's own clock."""
    said = format_datetime(datetime(2026, 12, 1, 12, 0, 0, tzinfo=UTC), usegmt=True)
    server.does["/a"] = lambda h: answer(h, b"", status=429, Retry_After=wanted, Date=said)
    client = client_for(tries=2, clock_seconds=1e12)
    with pytest.raises(SourceFault, match="busy, 429"):
        client.get(f"http://{server.host}/a", KIND)
    assert slept == [pause] and len(server.asked) == 2


def test_pauses_grow_from_try_to_try(server, slept, client_for):
    server.does["/a"] = lambda h: answer(h, b"", status=500)
    with pytest.raises(SourceFault):
        client_for(tries=4).get(f"http://{server.host}/a", KIND)
    assert slept == [5.0, 10.0, 20.0]


def test_a_redirect_on_the_same_host_is_followed(server, client_for):
    server.does["/old"] = lambda h: answer(h, b"", status=301, Location="/new")
    server.does["/new"] = plain
    assert client_for().get(f"http://{server.host}/old", KIND).body == b"words"


def test_nothing_is_asked_without_tls_or_with_a_certificate_that_nobody_knows(
    server, client_for, tmp_path
):
    with pytest.raises(SourceFault, match="not https"):
        PoliteClient(load_manners()).get("http://example.org/", KIND)
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj"]
    made += ["/CN=localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.server.socket = context.wrap_socket(server.server.socket, server_side=True)
    server.does["/a"] = plain
    with pytest.raises(SourceFault, match="certificate") as fault:
        client_for().get(f"https://{server.host}/a", KIND)
    assert fault.value.kind == why.REFUSED and not server.asked


def test_a_wrong_clock_of_ours_dates_no_look(server, slept):
    ahead = datetime.now(UTC) + timedelta(days=40)
    client = PoliteClient(load_manners(), plain_hosts=(server.host,), now=lambda: ahead)
    server.does["/a"] = plain
    with pytest.raises(SourceFault, match="one of the two clocks is wrong") as fault:
        client.get(f"http://{server.host}/a", KIND)
    assert fault.value.kind == why.CLOCK
