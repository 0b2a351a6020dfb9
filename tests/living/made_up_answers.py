"""Answers in the forms that sources document, with contents made up: no trial, article, price or decision
in here is real.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass

import openpyxl

JSON, PAGE, ZIP = "application/json", "text/html; charset=utf-8", "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def study(number: int, status: str = "RECRUITING", results: bool = False, day: str = "2026-01-05"):
    return {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{number:08d}", "briefTitle": f"Trial {number}"},
            "statusModule": {
                "overallStatus": status,
                "primaryCompletionDateStruct": {"date": "2027-06"},
                "lastUpdatePostDateStruct": {"date": day},
            },
        },
        "hasResults": results,
    }


def article(uid: str, title: str = "An article", kind: str = "Journal Article"):
    return {"uid": uid, "title": title, "pubtype": [kind], "pubdate": "2026"}


def notice(doi: str, about: str, kind: str):
    update = {"DOI": about, "type": kind, "updated": {"date-parts": [[2026, 5, 4]]}}
    return {"DOI": doi, "title": ["A notice"], "update-to": [update]}


def workbook(heads: list[str], rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in [["A title"], heads, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


DECISION_HEADS = ["ID-nr", "Virkestoff", "Dato siste beslutning", "beslutning kort"]


def decisions(extra: list[list[str]] = [], heads: list[str] | None = None) -> bytes:  # noqa: B006 – only read
    others = [[f"2020_{n:03d}", f"Stoff {n}", "01.02.2026", "Innføres"] for n in range(12)]
    mine = [["2019_001", "Kabozantinib", "01.03.2020", "Innføres"]]
    return workbook(heads or DECISION_HEADS, [*others, *mine, *extra])


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body><main>{body}</main></body></html>".encode()


def status_page(status: str = "Til vurdering", dated: str = "01.02.2026", rest: str = "") -> bytes:
    return page(f"<p>Kort om siste status: {status}.</p><p>Status ({dated})</p><p>{rest}</p>")


def packs(price: str = "", element: str = "OppfLegemiddelpakning", names: int = 24) -> bytes:
    def pack(number: int, name: str, extra: str = "") -> str:
        return (
            f'<{element}><Legemiddelpakning><Atc V="X" DN="y"/><NavnFormStyrke>{name}</NavnFormStyrke>'
            f"<Varenr>{number:06d}</Varenr>{extra}</Legemiddelpakning></{element}>"
        )

    priced = f'<PrisVare><Type V="1"/><Pris V="{price}" U="NOK"/></PrisVare>' if price else ""
    said = "".join(pack(n, f"Annet {n} tab") for n in range(names))
    said += pack(999999, "Cabometyx tab 60 mg", priced)
    return f'<?xml version="1.0" encoding="utf-8"?><FEST xmlns="urn:made-up">{said}</FEST>'.encode()


def zipped(content: bytes, name: str = "fest251.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def medicines(status: str = "Authorised", name_field: str = "medicine_status") -> bytes:
    def row(name: str, said: str) -> dict:
        return {
            "name_of_medicine": name,
            name_field: said,
            "therapeutic_indication": "An indication",
            "european_commission_decision_date": "01/02/2026",
        }

    rows = [row(f"Other {n}", "Authorised") for n in range(600)]
    return b"\xef\xbb\xbf" + as_json({"data": [*rows, row("Cabometyx", status)]})


@dataclass(frozen=True)
class Case:
    """``source``: a row of data/watch/sources.csv. ``answers``: (media type, body) by path; the one at
    ``last`` is the one that is damaged. ``other_form``: that answer in another form.
    """

    source: str
    path: str
    answers: dict[str, tuple[str, bytes]]
    last: str
    other_form: bytes


def _json_case(source: str, path: str, good: object, other: object, more=None) -> Case:
    last = f"{path}/esummary.fcgi" if more else path
    answers = {**(more or {}), last: (JSON, as_json(good))}
    return Case(source, path, answers, last, as_json(other))


PUBMED = "/eutils"
FOUND = {"esearchresult": {"count": "2", "idlist": ["11", "12"]}}
CASES = {
    "trial_registry": _json_case(
        "registry_search", "/studies", {"studies": [study(1), study(2)]}, {"trials": [study(1)]}
    ),
    "article_search": _json_case(
        "pubmed",
        PUBMED,
        {"result": {"uids": ["11", "12"], "11": article("11"), "12": article("12")}},
        {"result": {"11": {"uid": "11"}, "12": {"uid": "12"}}},
        {f"{PUBMED}/esearch.fcgi": (JSON, as_json(FOUND))},
    ),
    "literature_index": _json_case(
        "europe_pmc",
        "/search",
        {
            "hitCount": 1,
            "nextCursorMark": "*",
            "resultList": {"result": [{"id": "P1", "title": "T"}]},
        },
        {"hitCount": 1, "resultList": {"records": []}},
    ),
    "editorial_updates": _json_case(
        "crossref",
        "/works",
        {"message": {"total-results": 1, "items": [notice("10.1/n", "10.1/a", "correction")]}},
        {"message": {"total-results": 1, "items": [{"DOI": "10.1/n"}]}},
    ),
    "drug_labels": _json_case(
        "fda_label",
        "/label.json",
        {
            "meta": {"last_updated": "2026-11-01", "results": {"total": 1}},
            "results": [
                {"set_id": "s", "effective_time": "20260101", "recent_major_changes": ["A"]}
            ],
        },
        {"meta": {"results": {"total": 1}}, "results": [{"set_id": "s"}]},
    ),
    "medicines_list": Case(
        "ema",
        "/list.json",
        {"/list.json": (JSON, medicines())},
        "/list.json",
        medicines(name_field="x"),
    ),
    "linked_workbook": Case(
        "decisions",
        "/beslutning/",
        {
            "/beslutning/": (PAGE, page('<a href="/f/all.xlsx">all</a>')),
            "/f/all.xlsx": (XLSX, decisions()),
        },
        "/f/all.xlsx",
        decisions(heads=["Nr", "Virkestoff", "Dato", "kort"]),
    ),
    "medicine_register": Case(
        "fest",
        "/f.zip",
        {"/f.zip": (ZIP, zipped(packs()))},
        "/f.zip",
        zipped(packs(element="Pakke")),
    ),
    "dated_page": Case(
        "method_page",
        "/metoder",
        {"/metoder": (PAGE, status_page())},
        "/metoder",
        page("<p>We have moved to a new site.</p>"),
    ),
}
