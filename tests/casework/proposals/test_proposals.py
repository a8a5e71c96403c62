"""Proposals and opinions from being said to being answered: who sees what, what cannot be undone, nothing twice."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.db import connection
from tests.registers.ledgers import stage

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Act, Channel, Conflict, Refused, Rejected

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def scene(db):
    return stage.build()


@pytest.fixture
def lead(scene):
    """The officer of the body that consolidates."""
    return stage.person("can.bo", "province_officer", body=scene.health)


@pytest.fixture
def union(scene):
    return stage.person("cong.doan", "plan_officer", body=scene.union)


@pytest.fixture
def commune(scene):
    return stage.person("xa.song", "commune_officer", body=scene.river)


@pytest.fixture
def employer(scene):
    return stage.person("chu", "employer", firm=scene.land.mill)


def act(user, day=DAY):
    return Act(stage.act(user).actor, Channel.PAGE, at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


def enter(word, user, owner, day=DAY, **given):
    from atvsld.registers.ledgers import actions
    from atvsld.registers.ledgers.ledger import ledger_of

    return actions.enter(act(user, day), ledger=ledger_of(word), key=new_ulid(), owner=owner, given=given)


def propose(user, owner, **given):
    stated = {
        "title": "Khai báo thiết bị", "kind": "law", "instrument": "ND-44-2016", "article": "Điều 16 khoản 2",
        "defect": "Phải nộp bản giấy", "proposal": "Cho nộp hoàn toàn trực tuyến", "submitted_on": date(2026, 10, 5),
    }  # fmt: skip
    return enter("policy_proposal", user, owner, **(stated | given))


def owner_of(thing):
    from atvsld.registers.establishments.models import Establishment
    from atvsld.registers.ledgers.reach import body_owner, establishment_owner

    return establishment_owner(thing) if isinstance(thing, Establishment) else body_owner(thing)


def paper_of(lead, scene, **given):
    from atvsld.casework.proposals.actions import start_paper

    stated = {"title": "Tổng hợp kiến nghị năm 2026", "addressed_to": "Bộ Nội vụ", "body": scene.health}
    return start_paper(act(lead), key=new_ulid(), **(stated | given))


def gathered(lead, paper, *records):
    from atvsld.casework.proposals.actions import gather

    paper.refresh_from_db()
    return gather(act(lead), paper=paper, version=paper.version, records=records)


@pytest.fixture
def three(scene, union, commune, employer):
    """Two on one article, one apart."""
    return (
        propose(union, owner_of(scene.union)),
        propose(employer, owner_of(scene.land.mill), article="Khoản 2, Điều 16", proposal="Bỏ bản giấy"),
        propose(commune, owner_of(scene.river), instrument="", other_text="Quy chuẩn về giàn giáo", article=""),
    )


def test_from_proposals_to_an_answer_that_each_author_sees(scene, lead, three, employer, client):
    from atvsld.casework.proposals.actions import Answer, Wording, change_item, record_outcome, send_paper
    from atvsld.registers.ledgers import actions as ledgers
    from atvsld.registers.ledgers.ledger import ledger_of

    paper = paper_of(lead, scene)
    items = gathered(lead, paper, *three)
    assert [item.sources.count() for item in items] == [2, 1]
    own = three[1]
    own.refresh_from_db()
    assert own.stage == "gathered"
    with pytest.raises(Rejected, match="Đã đưa vào văn bản tổng hợp"):
        ledgers.withdraw(
            act(employer), ledger=ledger_of("policy_proposal"), record=own, version=own.version, why="nhầm"
        )
    paper.refresh_from_db()
    agreed = Wording(subject=items[0].subject, wording="Cho khai báo hoàn toàn trực tuyến")
    change_item(act(lead), item=items[0], version=paper.version, stated=agreed)
    with pytest.raises(Conflict):
        change_item(act(lead), item=items[0], version=paper.version - 1, stated=agreed)
    paper.refresh_from_db()
    with pytest.raises(Rejected, match="số văn bản"):
        send_paper(act(lead), paper=paper, version=paper.version, number=" ", on=DAY)
    paper.refresh_from_db()
    send_paper(act(lead), paper=paper, version=paper.version, number="15/BC-SYT", on=DAY)
    seen = paper.version
    with pytest.raises(Conflict):  # a double click
        send_paper(act(lead), paper=paper, version=seen - 1, number="15/BC-SYT", on=DAY)
    paper.refresh_from_db()
    answer = Answer(outcome="partly", on=DAY, reply="99/BNV-CVL", text="Sẽ sửa nghị định")
    record_outcome(act(lead), item=items[0], version=paper.version, stated=answer)
    own.refresh_from_db()
    assert (own.stage, own.sent, own.outcome) == ("answered", True, "partly")
    client.force_login(employer)
    page = client.get(f"/kien-nghi/chinh-sach/{own.public_id}/").content.decode()
    assert "Tiếp thu một phần" in page
    assert "99/BNV-CVL" in page
    assert client.get(f"/kien-nghi/tong-hop/{paper.public_id}/").status_code == 404
    assert client.get(f"/kien-nghi/chinh-sach/{three[0].public_id}/").status_code == 404


def test_figures_are_those_of_plain_sql_and_lead_to_the_very_records(scene, lead, three, client):
    from atvsld.casework.proposals.actions import Answer, record_outcome, send_paper
    from atvsld.registers.proofs import Asked, measure_of

    paper = paper_of(lead, scene)
    items = gathered(lead, paper, three[0], three[1])
    paper.refresh_from_db()
    send_paper(act(lead), paper=paper, version=paper.version, number="1/BC", on=DAY)
    paper.refresh_from_db()
    done = Answer(outcome="accepted", on=DAY, reply="9/BNV")
    record_outcome(act(lead), item=items[0], version=paper.version, stated=done)
    asked = Asked(date(2026, 1, 1), date(2026, 12, 31))
    measure = measure_of("proposals")
    told = {one.key: one for one in measure.figures(asked)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE s.id IS NOT NULL AND p.state = 'sent'),"
            " count(*) FILTER (WHERE i.outcome IN ('accepted', 'partly', 'rejected'))"
            " FROM proposals_policyproposal o LEFT JOIN proposals_consolidatedsource s ON s.proposal_id = o.id"
            " LEFT JOIN proposals_consolidateditem i ON i.id = s.item_id"
            " LEFT JOIN proposals_consolidatedpaper p ON p.id = i.paper_id WHERE o.withdrawn_at IS NULL"
        )
        tally = cursor.fetchone()
    keys = ("proposals", "proposals.sent", "proposals.answered")
    assert tuple(int(told[key].value) for key in keys) == tally == (3, 2, 2)
    client.force_login(lead)
    for key in keys:
        shown = {row.record.public_id for row in client.get(told[key].url).context["table"].rows}
        assert shown == {one.key for one in measure.records(asked, key)}, key


def test_what_is_taken_out_or_dropped_is_free_again_and_what_is_taken_cannot_be_taken_twice(scene, lead, three):
    from atvsld.casework.proposals.actions import drop_paper, merge_items, release

    paper, other = paper_of(lead, scene), paper_of(lead, scene)
    first, second = gathered(lead, paper, *three)
    with pytest.raises(Conflict, match="vừa được bỏ hoặc đưa vào"):
        gathered(lead, other, three[0])
    paper.refresh_from_db()
    merged = merge_items(act(lead), paper=paper, version=paper.version, items=[first, second])
    assert merged.sources.count() == 3
    assert paper.items.count() == 1
    paper.refresh_from_db()
    release(act(lead), source=merged.sources.get(proposal=three[2]), version=paper.version)
    three[2].refresh_from_db()
    assert three[2].stage == "collected"
    gathered(lead, other, three[2])
    paper.refresh_from_db()
    drop_paper(act(lead), paper=paper, version=paper.version)
    stages = [type(one).objects.get(pk=one.pk).stage for one in three]
    assert stages == ["collected", "collected", "gathered"]


def test_only_who_consolidates_the_place_may_and_a_proposal_names_a_text(scene, lead, union, commune, employer):
    with pytest.raises(Refused):
        paper_of(union, scene, body=scene.union)
    with pytest.raises(Refused):
        propose(commune, owner_of(scene.union))
    with pytest.raises(Rejected, match="Chưa ghi văn bản"):
        propose(employer, owner_of(scene.land.mill), instrument="", other_text="")
    made = propose(employer, owner_of(scene.land.mill))
    assert made.text_concerned == "Điều 16 khoản 2, Nghị định 44/2016/NĐ-CP"


@pytest.fixture
def draft(scene, lead, union, commune):
    from atvsld.casework.proposals.actions import Asking, open_consultation

    stated = Asking(
        title="Dự thảo thông tư về huấn luyện", kind="circular", sender="Bộ Nội vụ", letter="88/BNV-CVL",
        deadline=date(2026, 10, 20), asked=(scene.old_union, scene.river, scene.hill),
    )  # fmt: skip
    return open_consultation(act(lead, date(2026, 10, 5)), key=new_ulid(), body=scene.health, stated=stated)


def test_opinions_are_asked_answered_late_or_not_at_all_and_the_heir_answers_for_a_body_that_ended(
    scene, lead, union, commune, draft, client
):
    from atvsld.casework.proposals.answering import answers
    from atvsld.platform.outbox.facade import own

    # Those asked were told once, the heir of the old union among them.
    assert own(union.pk).count() == own(commune.pk).count() == 1
    given = {
        "consultation": draft.pk,
        "given_on": date(2026, 10, 12),
        "stance": "amend",
        "text": "Nên cho học trực tuyến",
    }
    heard = enter("draft_opinion", union, owner_of(scene.union), **given)
    late = enter("draft_opinion", commune, owner_of(scene.river), **(given | {"given_on": date(2026, 10, 23)}))
    assert (heard.late, late.late, heard.title) == (False, True, draft.title)
    with pytest.raises(Rejected, match="đã góp ý dự thảo này"):
        enter("draft_opinion", union, owner_of(scene.union), **given)
    outsider = stage.person("so.khac", "plan_officer", body=scene.health)
    with pytest.raises(Rejected, match="không có trong danh sách"):
        enter("draft_opinion", outsider, owner_of(scene.health), **given)
    asked, others = answers(draft, DAY)
    assert others == []
    assert {row.body.pk: (row.opinion and row.opinion.pk, row.late, row.overdue) for row in asked} == {
        scene.old_union.pk: (heard.pk, 0, False), scene.river.pk: (late.pk, 3, False),
        scene.hill.pk: (None, 0, True),
    }  # fmt: skip
    client.force_login(lead)
    page = client.get(f"/kien-nghi/du-thao/{draft.public_id}/").content.decode()
    assert "muộn 3 ngày" in page
    assert "Chưa góp ý, quá hạn" in page
    client.force_login(commune)
    page = client.get(f"/kien-nghi/du-thao/{draft.public_id}/")
    assert [row.body.pk for row in page.context["asked"]] == [scene.river.pk]
    # Asked under the name its body bore before, reading no further than a commune.
    client.force_login(stage.person("cong.doan.2", "plan_officer", body=scene.union, at=scene.land.hill))
    page = client.get(f"/kien-nghi/du-thao/{draft.public_id}/")
    assert [row.opinion.pk for row in page.context["asked"]] == [heard.pk]
    assert client.get("/kien-nghi/gop-y/moi/").status_code == 200
    assert client.get("/kien-nghi/").status_code == 200


def test_the_paper_names_each_point_with_its_authors_in_word_and_pdf(scene, lead, union, commune, draft, three, client):
    import docx

    from atvsld.platform.papers import facade as papers

    client.force_login(lead)
    paper = paper_of(lead, scene)
    gathered(lead, paper, *three)
    sketch = papers.sketch(act(lead), kind=papers.kind_of("policy-proposals"), subject=paper.public_id)
    word = docx.Document(BytesIO(papers.draft_file(act(lead), sketch, "docx")))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    both = f"{scene.union.name}; {scene.land.mill.name}"
    assert both in cells
    assert "Quy chuẩn về giàn giáo" in cells
    assert papers.draft_file(act(lead), sketch, "pdf").startswith(b"%PDF")
    enter(
        "draft_opinion", union, owner_of(scene.union), consultation=draft.pk, given_on=date(2026, 10, 12),
        stance="amend", article="Điều 5", text="Nên cho học trực tuyến",
    )  # fmt: skip
    letter = paper_of(lead, scene, consultation=draft, title="Góp ý dự thảo")
    opinion = draft.opinions.get()
    gathered(lead, letter, opinion)
    begun = client.post(f"/van-ban/soan/draft-opinions/{letter.public_id}/", {"key": new_ulid()})
    assert begun.status_code == 302
    shown = client.get(begun["Location"].replace("sua/", "")).content.decode()
    assert "Nên cho học trực tuyến" in shown
    assert "Chưa có ý kiến" in shown
    assert client.get(f"/kien-nghi/tong-hop/{letter.public_id}/").status_code == 200


def test_pages_gather_send_and_answer(scene, lead, three, client):
    from atvsld.casework.proposals.models import ConsolidatedPaper

    client.force_login(lead)
    key = client.get("/kien-nghi/tong-hop/moi/").context["key"]
    sent = {"key": key, "title": "Tổng hợp", "addressed_to": "Bộ Nội vụ"}
    first, again = client.post("/kien-nghi/tong-hop/moi/", sent), client.post("/kien-nghi/tong-hop/moi/", sent)
    assert first["Location"] == again["Location"]
    paper = ConsolidatedPaper.objects.get()
    today = paper.begun_on.strftime("%d/%m/%Y")
    chosen = {"chon": [one.public_id for one in three], "version": paper.version}
    assert client.post(f"{first['Location']}dua-vao/", chosen).status_code == 302
    assert client.post(f"{first['Location']}dua-vao/", chosen).status_code == 409
    page = client.get(first["Location"])
    assert len(page.context["items"]) == 2
    paper.refresh_from_db()
    gone = client.post(f"{first['Location']}gui/", {"number": "5/BC", "on": today, "version": paper.version})
    assert gone.status_code == 302
    paper.refresh_from_db()
    item = paper.items.first()
    answer = {"outcome": "accepted", "on": today, "reply": "9/BNV", "version": paper.version}
    assert client.post(f"{first['Location']}diem/{item.public_id}/ket-qua/", answer).status_code == 302
    assert "Tiếp thu" in client.get(first["Location"]).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_papers_at_once_cannot_take_the_same_proposal(scene, lead, three):
    from django.db import connections

    papers = [paper_of(lead, scene), paper_of(lead, scene)]
    ready, outcomes = threading.Barrier(2), []

    def take(paper):
        try:
            ready.wait(10)
            outcomes.append(len(gathered(lead, paper, *three)))
        except Conflict:
            outcomes.append("conflict")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(paper,)) for paper in papers]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert sorted(map(str, outcomes)) == ["2", "conflict"]
