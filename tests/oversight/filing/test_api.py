"""Another system opens, fills in, hands in and reads the receipt; repeated requests do nothing twice."""

from __future__ import annotations

import json

import pytest
from tests.casework.accidents import scene

from atvsld.oversight.filing.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(scene.NOW)


def test_a_report_goes_its_way_by_api(land, sign_in):
    employer, officer, stranger = (sign_in(role) for role in ("employer", "province_officer", "commune_officer"))

    def call(session, method, path, body=None, **headers):
        answer = session.generic(
            method, f"/api/v1{path}", json.dumps(body or {}), content_type="application/json", headers=headers
        )
        return answer.status_code, json.loads(answer.content)

    asked = {"report": "R1", "period": "2025", "establishment": land.mill.tax_code}
    status, filing = call(employer, "POST", "/filings", asked)
    assert (status, filing["due_before"], filing["state"]) == (200, "2026-01-10", "draft")
    assert call(employer, "POST", "/filings", asked)[1]["id"] == filing["id"]
    assert call(stranger, "POST", "/filings", asked)[0] == 403
    path = f"/filings/{filing['id']}"
    status, draft = call(employer, "GET", f"{path}/draft")
    cells = {cell["key"]: cell for cell in draft["cells"]}
    assert (cells["II/3/1"]["text"], cells["II/3/1"]["written"]) == ("43", False)
    assert draft["computed"]["I/3/6"] == "2"
    change = {"cells": [{"key": "II/3/1", "was": None, "now": "44,5", "reason": "Tái khám"}]}
    status, saved = call(employer, "PUT", f"{path}/cells", change)
    assert (status, saved["written"], saved["clashes"]) == (200, ["II/3/1"], [])
    assert call(employer, "PUT", f"{path}/cells", change)[1]["written"] == []
    late = {"cells": [{"key": "II/3/1", "was": None, "now": "50"}]}
    assert call(employer, "PUT", f"{path}/cells", late)[1]["clashes"][0]["theirs"] == "44,5"
    sent = {"version": 1, "mark": draft["mark"]}
    assert call(employer, "POST", f"{path}/submit", sent)[0] == 409, "not what was seen"
    sent["mark"] = saved["mark"]
    first, again = (call(employer, "POST", f"{path}/submit", sent, **{"Idempotency-Key": "nop-lan-1"}) for _n in "12")
    assert first == again
    assert (first[0], first[1]["late"], first[1]["departures"]) == (200, True, 1)
    assert Submission.objects.count() == 1
    assert call(officer, "GET", f"{path}/submissions/1")[1]["content"]["figures"]["II"]["3"]["1"] == "44.5"
    assert call(officer, "GET", f"{path}/draft")[0] == 403
    status, told = call(officer, "POST", f"{path}/return", {"version": 2, "remarks": {"I/77/3": "?"}})
    assert status == 422
    assert told["problems"][0]["column"] == "I/77/3"
    assert call(officer, "POST", f"{path}/return", {"version": 2, "remarks": {"II/3/1": "Xem lại"}})[0] == 200
    assert call(employer, "POST", f"{path}/submit", {"version": 3, "reason": "Giữ nguyên"})[1]["number"] == 2
    assert call(officer, "POST", f"{path}/accept", {"version": 3})[0] == 409
    assert call(officer, "POST", f"{path}/accept", {"version": 4})[1]["state"] == "accepted"
    assert [one["id"] for one in call(officer, "GET", "/filings?state=accepted")[1]["items"]] == [filing["id"]]
    assert call(sign_in("nobody"), "GET", "/filings")[0] == 403
