"""A ledger from one declaration: writing, reach, pages, files, evidence. The events of communication stand for all."""

from __future__ import annotations

import threading
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from tests.registers.ledgers import stage

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected

PDF = b"%PDF-1.7 thu"


@pytest.fixture
def scene(db):
    return stage.build()


@pytest.fixture
def events():
    from atvsld.casework.outreach.ledgers import EVENTS

    return EVENTS


@pytest.fixture
def doctor(scene):
    return stage.person("y.te", "plan_officer", body=scene.health)


def told(**changes):
    return {
        "title": "Phổ biến an toàn trên công trường", "kind": "session", "channel": "direct",
        "held_on": date(2026, 5, 8), "content": "", "commune": None, "venue": "", "audiences": ["workers"],
        "sectors": ["construction"], "reach": 120, "informal_reach": 20, "minutes": None, "cost": 3_000_000,
        "partners": "",
    } | changes  # fmt: skip


def entered(ledger, user, body, key=None, **changes):
    from atvsld.registers.ledgers import actions
    from atvsld.registers.ledgers.reach import body_owner

    return actions.enter(
        stage.act(user), ledger=ledger, key=key or new_ulid(), owner=body_owner(body), given=told(**changes)
    )


def test_sent_twice_is_one_record_and_other_content_is_a_conflict(scene, events, doctor):
    key = new_ulid()
    first = entered(events, doctor, scene.health, key)
    assert entered(events, doctor, scene.health, key) == first
    with pytest.raises(Conflict):
        entered(events, doctor, scene.health, key, reach=121)
    assert events.model.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_record(scene, events, doctor):
    key, made, failed = new_ulid(), [], []

    def click():
        try:
            made.append(entered(events, doctor, scene.health, key).pk)
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert failed == []
    assert len(set(made)) == events.model.objects.count() == 1


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_written(scene, events, doctor):
    with pytest.raises(Rejected) as refused:
        entered(
            events, doctor, scene.health, title="", kind="song", held_on=date(2026, 11, 21), informal_reach=121,
            sectors=["moon"],
        )  # fmt: skip
    found = {problem.column for problem in refused.value.problems}
    assert found == {"title", "kind", "held_on", "informal_reach", "sectors"}
    assert not events.model.objects.exists()


def test_only_the_own_body_writes_and_its_heir_after_it(scene, events, doctor):
    from atvsld.registers.ledgers import actions
    from atvsld.registers.ledgers.reach import body_owner

    with pytest.raises(Refused):
        entered(events, doctor, scene.union)
    trade = stage.person("cong.doan", "plan_officer", body=scene.union)
    old = entered(events, trade, scene.old_union)
    with pytest.raises(Refused):
        actions.change(stage.act(doctor), ledger=events, record=old, version=1, given={"reach": 1})
    changed = actions.change(stage.act(trade), ledger=events, record=old, version=1, given={"reach": 500})
    assert (changed.reach, changed.version) == (500, 2)
    with pytest.raises(Conflict):
        actions.withdraw(stage.act(trade), ledger=events, record=old, version=1, why="Ghi trùng")
    reader = stage.person("lanh.dao", "leader", at=scene.land.province)
    with pytest.raises(Refused):
        actions.enter(stage.act(reader), ledger=events, key=new_ulid(), owner=body_owner(scene.health), given=told())


def test_a_commune_sees_its_own_ground_the_province_sees_all(scene, events, doctor):
    from atvsld.registers.ledgers.reach import visible

    river = stage.person("xa.song", "commune_officer", body=scene.river)
    hill = stage.person("xa.doi", "commune_officer", body=scene.hill)
    own = entered(events, river, scene.river)
    entered(events, hill, scene.hill)
    entered(events, doctor, scene.health)
    assert list(visible(stage.act(river).actor, events)) == [own]
    assert visible(stage.act(doctor).actor, events).count() == 3


def test_withdrawn_it_counts_and_proves_nothing(scene, events, doctor):
    from atvsld.registers import proofs
    from atvsld.registers.ledgers import actions

    record = entered(events, doctor, scene.health)
    found = proofs.find("outreach_event", record.public_id)
    assert found is not None
    assert (found.day, found.body) == (date(2026, 5, 8), scene.health.pk)
    asked = proofs.Asked(date(2026, 1, 1), date(2026, 12, 31))
    source = proofs.evidence_of("outreach_event")
    assert [one.key for one in source.search(stage.act(doctor).actor, "cong truong", asked, 5)] == [record.public_id]
    with pytest.raises(Rejected, match="lý do"):
        actions.withdraw(stage.act(doctor), ledger=events, record=record, version=1, why=" ")
    actions.withdraw(stage.act(doctor), ledger=events, record=record, version=1, why="Ghi trùng")
    assert proofs.find("outreach_event", record.public_id) is None
    assert list(source.search(stage.act(doctor).actor, "", asked, 5)) == []
    with pytest.raises(Rejected, match="đã bỏ"):
        actions.change(stage.act(doctor), ledger=events, record=record, version=2, given={"reach": 1})


def test_an_officer_writes_mends_and_withdraws_by_page(scene, events, doctor, client):
    client.force_login(doctor)
    form = client.get("/tuyen-truyen/buoi/moi/").content.decode()
    assert "Nhóm đối tượng" in form
    stated = {
        "key": new_ulid(), "title": "Hội thảo ngã cao", "kind": "seminar", "channel": "direct",
        "held_on": "08/05/2026", "audiences": ["workers", "employers"], "reach": "80", "cost": "1.500.000",
        "commune": str(scene.land.river.pk),
    }  # fmt: skip
    for _ in range(2):
        answer = client.post("/tuyen-truyen/buoi/moi/", stated)
        assert answer.status_code == 302, answer.context["form"].errors
    record = events.model.objects.get()
    assert (record.cost, record.body, record.commune) == (1_500_000, scene.health, scene.land.river)
    page = client.get(answer.url).content.decode()
    assert all(word in page for word in ("Hội thảo ngã cao", "1.500.000", "Người sử dụng lao động", "Ghi vào sổ"))
    wrong = client.post(f"{answer.url}sua/", stated | {"version": "1", "held_on": "khi nào đó"})
    assert wrong.status_code == 422
    assert "khi nào đó" in wrong.content.decode()
    assert client.post(f"{answer.url}sua/", stated | {"version": "1", "reach": "90"}).status_code == 302
    stale = client.post(f"{answer.url}sua/", stated | {"version": "1", "reach": "95"})
    assert stale.status_code == 422
    assert 'value="95"' in stale.content.decode()
    assert "vừa được người khác sửa" in stale.content.decode()
    assert client.post(f"{answer.url}bo/", {"version": "2", "why": "Ghi trùng"}).status_code == 302
    listed = client.get("/tuyen-truyen/buoi/", {"tim": "nga cao"}).content.decode()
    assert "Hội thảo ngã cao" not in listed
    assert "Hội thảo ngã cao" in client.get("/tuyen-truyen/buoi/", {"standing": "withdrawn"}).content.decode()


def test_a_file_stays_beside_its_record_for_those_who_read_it(scene, events, doctor, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    record = entered(events, doctor, scene.health)
    where = events.address("record", record.public_id)
    client.force_login(doctor)
    for _ in range(2):
        answer = client.post(f"{where}tep/", {"file": SimpleUploadedFile("Danh sách ký.pdf", PDF)})
        assert answer.status_code == 302, answer.context["form"].errors
    assert client.post(f"{where}tep/", {"file": SimpleUploadedFile("a.exe", b"MZ\x00")}).status_code == 422
    page = client.get(where).content.decode()
    assert page.count("Danh sách ký.pdf</a>") == 1
    [link] = [part.split('"')[0] for part in page.split('href="') if part.startswith(f"{where}tep/0")]
    assert client.get(link).content == PDF
    client.force_login(stage.person("xa.song", "commune_officer", body=scene.river))
    assert client.get(link).status_code == 404
    assert client.post(f"{link}bo/").status_code == 404
    client.force_login(doctor)
    assert client.post(f"{link}bo/").status_code == 302
    assert client.get(link).status_code == 404


def test_the_list_is_narrowed_exported_and_shows_what_a_figure_counted(scene, events, doctor, client):
    from atvsld.registers.bodies.queries import lineage
    from atvsld.registers.ledgers.proving import list_of
    from atvsld.registers.proofs import Asked

    trade = stage.person("cong.doan", "plan_officer", body=scene.union)
    entered(events, trade, scene.old_union, title="Của công đoàn cũ", held_on=date(2025, 5, 2))
    entered(events, trade, scene.union, title="Của công đoàn mới", sectors=["mining"])
    entered(events, doctor, scene.health, title="Của y tế")
    client.force_login(doctor)

    def titles(where, **query):
        rows = client.get(where, query | {"xuat": "csv"})
        return {line.split(",")[1] for line in rows.getvalue().decode().splitlines()[1:]}

    asked = Asked(date(2025, 1, 1), date(2026, 12, 31), bodies=lineage(scene.union.pk))
    url = urlsplit(list_of(events, asked))
    query = {name: found[0] for name, found in parse_qs(url.query).items()}
    assert titles(url.path, **query) == {"Của công đoàn cũ", "Của công đoàn mới"}
    assert "Liên đoàn Lao động tỉnh cũ; Liên đoàn Lao động tỉnh Thử" in client.get(url.path, query).content.decode()
    assert titles(url.path, **query, sectors="mining") == {"Của công đoàn mới"}
    assert titles(url.path, owner=f"body-{scene.union.pk}", year="2025") == {"Của công đoàn cũ"}
    assert titles(url.path, owner=f"body-{scene.health.pk}") == {"Của y tế"}
    asked = Asked(date(2026, 1, 1), date(2026, 12, 31), places=frozenset({scene.land.river.pk}))
    query = parse_qs(urlsplit(list_of(events, asked)).query)
    assert titles(url.path, **{name: found[0] for name, found in query.items()}) == set()


def test_strangers_and_readers_do_not_write(scene, events, doctor, client):
    record = entered(events, doctor, scene.health)
    where = events.address("record", record.public_id)
    for page in ("/tuyen-truyen/", "/tuyen-truyen/buoi/"):
        assert "/tai-khoan/login/" in client.get(page).headers["Location"]
    client.force_login(stage.person("lanh.dao", "leader", at=scene.land.province))
    page = client.get(where)
    assert page.status_code == 200
    assert "Bỏ hồ sơ" not in page.content.decode()
    assert client.get(f"{where}sua/").status_code == 403
    assert client.get("/tuyen-truyen/buoi/moi/").status_code == 403
    client.force_login(stage.person("cong.doan", "plan_officer", body=scene.union))
    assert client.get(f"{where}sua/").status_code == 404


def test_a_rule_of_the_database_is_told_and_leaves_the_act_whole(scene, doctor):
    """What no check of the ledger foresaw: the record is refused, and the rest of the transaction stands."""
    from atvsld.casework.outreach.ledgers import EVENTS
    from atvsld.registers.ledgers.ledger import Ledger

    bare = Ledger(**{name: getattr(EVENTS, name) for name in Ledger.__dataclass_fields__} | {"checks": ()})
    with pytest.raises(Rejected, match="outreach_event_cost"):
        entered(bare, doctor, scene.health, cost=-1)
    assert entered(bare, doctor, scene.health).cost == 3_000_000
