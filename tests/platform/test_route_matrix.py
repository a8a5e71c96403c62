"""Every page × every role: what answers, what refuses. The expected answers stand in route_matrix.yaml.

UPDATE_ROUTE_MATRIX=1 pytest tests/platform/test_route_matrix.py     rewrites the file; review its difference
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from tests.casework.accidents import scene
from tests.platform import cast, plan_samples

from atvsld.registers.ledgers.ledger import ledgers
from atvsld.registers.ledgers.web.urls import ledger_urls

GOLDEN = Path(__file__).with_name("route_matrix.yaml")
AUDIENCE = ("anonymous", *cast.ROLES)
# Answered by libraries under their own tests; asked of systems, not of people; or for machines watching the process.
ELSEWHERE = re.compile(r"^(tai-khoan/|o/|api/|healthz|readyz|favicon)")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Meant for everybody: the language switch and the list that must be public.
OPEN = {
    "/ngon-ngu/setlang/",
    "/cong-khai/to-chuc-dich-vu/",
    "/cong-khai/to-chuc-dich-vu/<str:public_id>/",
    "/cong-khai/thu-tuc/",
    "/cong-khai/thu-tuc/tra-cuu/",
    "/cong-khai/thu-tuc/<slug:procedure>/",
    "/khai-bao/bien-nhan/",
    "/khai-bao/bien-nhan/<str:code>/",
    "/khai-bao/bien-nhan/<str:code>/tep/<slug:kind>/",
    "/nop-bao-cao/bien-nhan/",
    "/nop-bao-cao/bien-nhan/<str:code>/",
    "/nop-bao-cao/bien-nhan/<str:code>/tep/<slug:kind>/",
    "/cong-khai/tai-nan/",
    "/cong-khai/tai-nan/<str:period>/",
    "/cong-khai/tai-nan/<str:period>/lan-<int:revision>/",
    "/cong-khai/tai-nan/<str:period>/lan-<int:revision>/so-lieu.<slug:kind>",
    "/cong-khai/tai-nan/<str:period>/lan-<int:revision>/thong-bao.<slug:kind>",
    "/so-lieu/",
    "/xac-minh/",
    "/xac-minh/<str:code>/",
    "/xa/sw.js",
    "/xa/manifest.webmanifest",
}


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "", spaces: str = "") -> Iterator[tuple[str, str]]:
    """Each route with the namespace it lies in."""
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route, entry.namespace or spaces)
        elif not ELSEWHERE.match(route):
            yield route, spaces


@pytest.fixture
def samples(land):
    """A value for each parameter, leading to a record in the river commune."""
    case = scene.opened(land, scene.victim_draft())
    body = _body(land)
    office = cast.user(land, "commune_officer").offices.get()
    return {
        "places": {"public_id": land.river.public_id},
        "bodies": {"public_id": body.public_id},
        "codes": {"name": "accident.injury"},
        "establishments": _establishment(land),
        "accidents": {
            "public_id": case.public_id,
            "victim_id": case.victims.get().public_id,
            "victim": case.victims.get().public_id,
            "position": "1",
            "pk": str(case.victims.get().pk),
        },
        "accident_investigation": _investigation(case),
        "accident_declarations": (declared := _declaration(land)),
        "accident_receipts": declared,
        "commune": declared,
        "papers": (papers := _papers(case)),
        "verification": papers,
        "outbox": _message(land),
        "duties": _duty(land, case),
        "accident_views": _shared(land, case),
        "offices": {"public_id": office.user.public_id, "pk": str(office.pk)},
        "reporting": {"code": "ND39-XIV", "kind": "json"},
        "indicators": {"kind": "json"},
        "imports": {"slug": "accidents"},
        "workers": _worker(land),
        "providers": (provider := _provider(land)),
        "public_providers": provider,
        "outreach": _communication(land, body),
        "filing": (filed := _filing(land)),
        "filing_receipts": filed,
    }


def _filing(land):
    """The mill's accident report of last year, handed in twice, with a file beside it."""
    from tests.oversight.filing import stage

    from atvsld.oversight.filing.actions import attach

    act = scene.act(cast.user(land, "employer"))
    filing = stage.opened(land, act)
    beside = attach(act, filing=filing, name="bien-ban.pdf", content=b"%PDF-1.7 thu")
    stage.submit(filing, act)
    stage.write(filing, act, **{"II/3/6": ("5", "Theo chứng từ")})
    again = stage.submit(filing, act, reason="Bổ sung")
    return {
        "public_id": filing.public_id, "number": "2", "kind": "json", "code": again.receipt,
        "file_id": beside.public_id,
    }  # fmt: skip


def _duty(land, case):
    """Something the commune owes about the case, and a calendar address nobody has."""
    from atvsld.registers.duties import facade

    owed = facade.owe(
        scene.act(), key="accidents:matrix", rule="N_XA", context="accidents", subject=case.public_id,
        label=case.number, url="", place_id=land.river.pk, at=scene.NOW,
    )  # fmt: skip
    return {"public_id": owed.public_id, "token": "khong-co"}


def _shared(land, case):
    """The case is shown to somebody."""
    from atvsld.casework.accidents.views.models import CaseInvitation

    shown = CaseInvitation.objects.create(
        case=case, user=cast.user(land, "nobody"), valid_from=scene.TODAY, valid_to=scene.TODAY, reason="thử",
        given_at=scene.NOW,
    )  # fmt: skip
    return {"public_id": case.public_id, "invitation": shown.public_id}


def _investigation(case):
    """The file of the case is open at the establishment's level, with minutes being written."""
    from atvsld.casework.accidents.investigation.models import Minutes
    from atvsld.casework.accidents.procedure.facade import Instants, open_file

    open_file(scene.act(), case=case, instants=Instants(employer_aware_at=scene.NOW))
    minutes = Minutes.objects.create(case=case, number=1, round=1, level="establishment", variant="a")
    keys = {"public_id": case.public_id, "part": minutes.public_id, "victim_id": case.victims.get().public_id}
    return keys | {"item": "HS_c", "position": "1"}


def _declaration(land):
    """A word taken in the river commune, and the code of its receipt."""
    from tests.casework.accidents.declarations import telling

    told = telling.told(land, kind="family", establishment_id=None)
    return {"public_id": told.public_id, "code": told.receipt.code, "kind": "docx"}


def _papers(case):
    """A reminder issued by the province to the mill, and an official form of another kind."""
    from tests.casework.accidents.investigation.story import anyone
    from tests.platform.papers.test_official_forms import LINES, form

    from atvsld.kit.ids import new_ulid
    from atvsld.platform.acts import Act, Channel
    from atvsld.platform.papers import actions

    act = Act(anyone(), Channel.PAGE, at=scene.NOW, reason="Thử")
    paper = actions.draft(act, key=new_ulid(), kind="accident-reminder", subject=case.public_id)
    type(paper).objects.filter(pk=paper.pk).update(signer_name="Người Ký")
    paper = actions.issue(act, paper=paper, version=1, on=act.day)
    template, _warnings = actions.upload_template(
        act, kind="accident-quick-report", valid_from=act.day, citation="Phụ lục XIII", handed=form(*LINES)
    )
    return {
        "public_id": paper.public_id, "kind": "accident-quick-report", "subject": case.public_id, "form": "docx",
        "file_id": paper.files.get(role="pdf").file.public_id, "template_id": template.public_id, "code": paper.code,
    }  # fmt: skip


def _message(land):
    """A message to the officer of the province; nobody else opens it."""
    from atvsld.platform.outbox.facade import post

    person = cast.user(land, "province_officer")
    message = post(key="thu", user_id=person.pk, subject="Thư thử", body="", url="", at=scene.NOW)
    return {"public_id": message.public_id}


def _body(land):
    from datetime import date

    from atvsld.registers.bodies.models import Body

    return Body.objects.create(
        code="co-quan-thu",
        name="Cơ quan Thử",
        name_folded="co quan thu",
        place=land.province,
        valid_from=date(2020, 1, 1),
    )


def _establishment(land):
    """The mill, its enterprise and parts, and the key of a pair and of a merging (those pages only take answers)."""
    from datetime import date

    from atvsld.registers.establishments.actions.enterprises import link_enterprises

    link_enterprises()
    land.mill.refresh_from_db()
    mill = land.mill
    hazard = mill.hazards.create(kind="harmful_factor", code="noise", valid_from=date(2025, 1, 1), source="thử")
    return {
        "public_id": mill.public_id,
        "enterprise_id": mill.enterprise.public_id,
        "pk": "1",
        "hazard_id": hazard.public_id,
        "site_id": mill.sites.create(name="Kho", place=land.river).public_id,
        "contact_id": mill.contacts.create(role="head", name="Người Thử").public_id,
    }


def _worker(land):
    """Somebody at the mill, with the keys of the parts."""
    from datetime import date

    from atvsld.registers.workers.models import Worker

    worker = Worker.objects.create(name="Người Thử", name_folded="nguoi thu", establishment=land.mill, place=land.river)
    work = worker.employments.create(establishment=land.mill, place=land.river)
    group = worker.protected_groups.create(group="disabled", valid_from=date(2026, 1, 1))
    keys = {"noi-lam-viec": work.public_id, "nhom": group.public_id}
    return {"public_id": worker.public_id, "key": keys}


def _provider(land):
    """A provider with a head office in the river commune, with the keys of the parts."""
    from datetime import date

    from atvsld.registers.providers.models import ServiceProvider

    provider = ServiceProvider.objects.create(name="Tổ chức Thử", name_folded="to chuc thu", place=land.river)
    paper = provider.qualifications.create(kind="conformity", form="designation", valid_from=date(2024, 1, 1))
    stop = provider.suspensions.create(starts_on=date(2024, 2, 1), decision="QĐ thử")
    person = provider.people.create(kind="conformity", name="Người Thử")
    keys = {"giay-to": paper.public_id, "dinh-chi": stop.public_id, "nguoi": person.public_id}
    return {"public_id": provider.public_id, "key": keys}


def _communication(land, body):
    """An event of the river commune."""
    from datetime import date

    from atvsld.casework.outreach.models import OutreachEvent

    event = OutreachEvent.objects.create(
        body=body, place=land.river, title="Buổi thử", kind="session", held_on=date(2026, 2, 1)
    )
    return {"public_id": event.public_id}


def address(route: str, values: dict[str, str]) -> str:
    part = next((segment for segment in reversed(route.split("/")) if segment in values.get("key", {})), "")
    plain = values | {"key": values["key"].get(part, "0")} if "key" in values else values
    return "/" + PARAMETER.sub(lambda found: plain.get(found[1], "0"), route)


def answer(session, url: str) -> str:
    response = session.get(url)
    if response.status_code == 302 and "/tai-khoan/login/" in response.headers["Location"]:
        return "login"
    return str(response.status_code)


@pytest.mark.django_db
def test_each_page_opens_to_the_roles_it_is_meant_for_and_to_nobody_else(land, samples):
    sessions = {who: cast.client(land, who) for who in AUDIENCE}
    found = {}
    alike, planned = _further_ledgers(), plan_samples.build(land).by_route
    for route, space in sorted(routes(get_resolver().url_patterns)):
        if "/" + route in alike:
            continue
        url = address(route, _given(route, planned) or samples.get(space, {}))
        found["/" + route] = {who: answer(session, url) for who, session in sessions.items()}
    if os.environ.get("UPDATE_ROUTE_MATRIX"):
        GOLDEN.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=True, width=200), encoding="utf-8")
    expected = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    changed = {
        route: {
            who: f"{expected.get(route, {}).get(who)} → {given}"
            for who, given in row.items()
            if expected.get(route, {}).get(who) != given
        }
        for route, row in found.items()
        if expected.get(route) != row
    }
    assert not changed, changed
    assert sorted(found) == sorted(expected)


def _given(route: str, planned: dict[str, dict[str, str]]) -> dict[str, str]:
    found = max((start for start in planned if route.startswith(start)), key=len, default="")
    return planned.get(found, {})


def _further_ledgers() -> set[str]:
    """The pages of an app's ledgers after its first: they are made by the same code, for rights that are stated."""
    first = {ledger.app: ledger for ledger in reversed(ledgers())}
    found = set()
    for ledger in ledgers():
        if ledger is not first[ledger.app]:
            room = ledger.address().removesuffix(f"{ledger.slug}/")
            found |= {room + str(entry.pattern) for entry in ledger_urls(ledger)}
    return found


def test_every_page_of_a_ledger_asks_for_the_right_the_ledger_states():
    key, file = "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAW"
    for ledger in ledgers():
        for page, given in {"list": (), "record": (key,), "file": (key, file)}.items():
            assert _right(ledger.address(page, *given)) == ledger.read, (ledger.word, page)
        written = {"new": (), "change": (key,), "withdraw": (key,), "attach": (key,), "detach": (key, file)}
        for page, given in written.items():
            assert _right(ledger.address(page, *given)) == ledger.change, (ledger.word, page)


def _right(address: str) -> str:
    view = resolve(address).func
    return str(getattr(view, "view_class", view).permission)


def test_no_page_answers_a_stranger():
    expected = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    answered = {route for route, row in expected.items() if row["anonymous"] not in {"login", "401", "404", "405"}}
    assert answered <= OPEN


def test_no_page_breaks_for_anyone():
    expected = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    broken = [(route, who) for route, row in expected.items() for who, given in row.items() if given.startswith("5")]
    assert not broken
