"""Drafting, issuing and cancelling: once, in turn, by the right people, and with every reading recorded."""

import pytest
from tests.casework.accidents.investigation.story import PDF, begun
from tests.casework.accidents.papers import desk
from tests.casework.accidents.scene import victim_draft

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.history.models import SensitiveReading
from atvsld.platform.papers import facade as papers
from atvsld.platform.papers import queries
from atvsld.platform.papers.models import Paper, PaperFile
from atvsld.registers.offices.grants import actor_for


@pytest.fixture
def story(land):
    return begun(land, victim_draft(severity="fatal"), description="Ngã từ trên cao xuống.")


def kinds(story):
    return {offer.kind.code for offer in desk.offers(story)}


def head(paper, **changes):
    names = ("issuer_name", "symbol", "signer_title", "signer_name")
    stated = {name: getattr(paper, name) for name in names}
    return papers.Head(**(stated | changes))


def test_a_double_click_drafts_once_and_a_used_key_is_refused_for_another_paper(story):
    key = new_ulid()
    stated = {"key": key, "subject": story.case.public_id}
    first = papers.draft(story.act(), kind="accident-quick-report", **stated)
    assert papers.draft(story.act(), kind="accident-quick-report", **stated).pk == first.pk
    with pytest.raises(Conflict):
        papers.draft(story.act(), kind="accident-reminder", **stated)


def test_what_people_write_is_sealed_and_what_the_record_says_is_read_anew(story):
    paper = desk.drafted(story, "accident-quick-report", measures="Đã cử người tới hiện trường.")
    assert paper.fields["course"] == "Ngã từ trên cao xuống."
    held = Paper.objects.get(pk=paper.pk)
    assert "hiện trường" not in held.sealed_fields
    assert held.fields["measures"] == "Đã cử người tới hiện trường."
    story.case.victims.update(name="Lê Thử Đổi Tên")
    document = papers.preview(story.act("Xem thử"), held).document
    assert document.tables[0].rows[0].cells[1].value == "Lê Thử Đổi Tên"


def test_an_edit_of_an_old_version_is_a_conflict_and_writes_nothing(story):
    paper = desk.drafted(story, "accident-quick-report")
    papers.edit(story.act(), paper=paper, version=1, fields={"course": "Bản một."}, head=head(paper))
    with pytest.raises(Conflict):
        papers.edit(story.act(), paper=paper, version=1, fields={"course": "Bản hai."}, head=head(paper))
    assert Paper.objects.get(pk=paper.pk).fields["course"] == "Bản một."


@pytest.mark.parametrize(
    ("fields", "changes", "code"),
    [
        ({"nonsense": "x"}, {}, "unknown_field"),
        ({"course": "x" * 20_001}, {}, "too_long"),
        ({}, {"issuer_name": " "}, "issuer_missing"),
    ],
)
def test_what_cannot_stand_in_a_paper_is_refused(story, fields, changes, code):
    paper = desk.drafted(story, "accident-quick-report")
    with pytest.raises(Rejected) as refused:
        papers.edit(story.act(), paper=paper, version=1, fields=fields, head=head(paper, **changes))
    assert [problem.code for problem in refused.value.problems] == [code]


def test_numbers_run_without_gaps_by_issuer_series_and_year(story, land):
    first = desk.issued(story, "accident-reminder")
    second = desk.issued(story, "accident-police-letter")
    other = desk.issued(story, "accident-quick-report")
    assert [first.full_number, second.full_number, other.full_number] == ["01/SNV", "02/SNV", "01/BC-SNV"]
    broken = desk.drafted(story, "accident-reminder", body="")
    papers.edit(story.act(), paper=broken, version=1, fields={"body": ""}, head=head(broken))
    with pytest.raises(Rejected) as refused:
        papers.issue(story.act("Ban hành"), paper=broken, version=2, on=story.day)
    assert [problem.column for problem in refused.value.problems] == ["body"]
    assert desk.issued(story, "accident-reminder").number == 3, "a failed attempt takes no number"
    papers.cancel(story.act("Nhầm nơi nhận"), paper=second, version=second.version)
    assert desk.issued(story, "accident-reminder").number == 4, "a cancelled number stays used"


def test_a_paper_one_person_signs_is_not_issued_without_that_person(story):
    paper = desk.drafted(story, "accident-reminder")
    papers.edit(story.act(), paper=paper, version=1, fields={}, head=head(paper, signer_name=" "))
    with pytest.raises(Rejected) as refused:
        papers.issue(story.act("Ban hành"), paper=paper, version=2, on=story.day)
    assert [problem.code for problem in refused.value.problems] == ["signer_missing"]
    story.later(hours=1).set_up().begin().hear()
    statement = desk.drafted(story, "accident-statement-province")
    papers.edit(story.act(), paper=statement, version=1, fields={}, head=head(statement, signer_name=""))
    issued = papers.issue(story.act("Ban hành"), paper=statement, version=2, on=story.day)
    assert issued.number, "each person who speaks or writes signs in a place of their own"


def test_who_signed_the_decision_in_the_record_signs_the_paper(story):
    story.later(hours=1).set_up()
    decision = desk.drafted(story, "accident-team-province")
    assert (decision.signer_name, decision.signer_title) == ("Người Ký", "Giám đốc")
    team = story.record.team
    assert team is not None
    type(team).objects.filter(pk=team.pk).update(signer_title="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", signer_name="Người Thay")
    again = desk.drafted(story, "accident-team-province")
    assert (again.signer_name, again.signer_title) == ("Người Thay", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")


def test_issuing_again_after_a_lost_answer_gives_the_same_number(story):
    paper = desk.drafted(story, "accident-quick-report")
    first = papers.issue(story.act("Ban hành"), paper=paper, version=1, on=story.day)
    again = papers.issue(story.act("Ban hành"), paper=paper, version=1, on=story.day)
    assert (first.number, first.code) == (again.number, again.code)
    assert paper.files.count() == 3
    with pytest.raises(Conflict):
        papers.issue(story.act("Ban hành"), paper=paper, version=7, on=story.day)


def test_a_paper_is_not_issued_ahead_of_its_day(story):
    paper = desk.drafted(story, "accident-quick-report")
    with pytest.raises(Rejected) as refused:
        papers.issue(story.act("Ban hành"), paper=paper, version=1, on=story.day.replace(year=2027))
    assert refused.value.problems[0].code == "day_ahead"


def test_the_text_changed_in_word_is_kept_instead_and_the_signed_scan_beside_it(story):
    paper = desk.drafted(story, "accident-quick-report")
    edited = papers.Handed("bao-cao-da-sua.pdf", PDF)
    paper = papers.issue(story.act("Ban hành"), paper=paper, version=1, on=story.day, edited=edited)
    roles = {one.role for one in paper.files.all()}
    assert roles == {PaperFile.Role.DATA, PaperFile.Role.EDITED}
    signed = papers.Handed("da-ky.pdf", PDF + b"da ky")
    for _twice in range(2):
        papers.attach(story.act(), paper=paper, role="signed", handed=signed)
    [kept] = paper.files.filter(role="signed")
    assert files.open_bytes(kept.file) == signed.content
    with pytest.raises(Rejected):
        papers.attach(story.act(), paper=paper, role="signed", handed=papers.Handed("x.exe", b"MZ"))


def test_everyone_issues_only_the_papers_of_their_own_level(land, story, mill_employer, river_officer, leader):
    assert "accident-team-province" in kinds(story)
    assert "accident-declaration" not in kinds(story)
    story.actor = actor_for(mill_employer, story.day)
    assert kinds(story) == {"accident-declaration"}
    with pytest.raises(Refused):
        papers.draft(story.act(), key=new_ulid(), kind="accident-team-province", subject=story.case.public_id)
    story.actor = actor_for(river_officer, story.day)
    assert kinds(story) == {"accident-commune-notice"}
    story.actor = actor_for(leader, story.day)
    assert kinds(story) == set()


def test_drafts_stay_with_their_writers_and_issued_papers_reach_their_readers(land, story, mill_employer):
    employer = actor_for(mill_employer, story.day)
    reminder, report = (desk.drafted(story, kind) for kind in ("accident-reminder", "accident-quick-report"))
    shown = lambda: {paper.kind for paper in papers.shown_to(employer, "accidents", story.case.public_id)}  # noqa: E731
    assert shown() == set()
    for paper in (reminder, report):
        papers.issue(story.act("Ban hành"), paper=paper, version=1, on=story.day)
    assert shown() == {"accident-reminder"}
    assert {paper.kind for paper in queries.within(employer)} == shown()


def test_a_paper_about_a_part_that_is_not_there_is_refused(story):
    with pytest.raises(Rejected) as refused:
        desk.drafted(story, "accident-statement-province", part=new_ulid())
    assert refused.value.problems[0].code == "not_offered"


def test_writing_and_reading_a_paper_is_recorded_as_reading_who_was_hurt(story):
    before = SensitiveReading.objects.count()
    paper = desk.drafted(story, "accident-quick-report")
    papers.preview(story.act("Xem thử"), paper)
    purposes = [one.purpose for one in SensitiveReading.objects.order_by("pk")[before:]]
    assert purposes == ["Văn bản: Báo cáo nhanh vụ tai nạn về Bộ", "Xem thử"]


def test_nobody_writes_a_paper_who_may_not_read_who_was_hurt(story):
    from dataclasses import replace

    [grant] = story.actor.grants
    blind = replace(grant, permissions=grant.permissions - {"accidents:victim:read_identity"})
    story.actor = replace(story.actor, grants=(blind,))
    with pytest.raises(Refused):
        desk.drafted(story, "accident-quick-report")


def test_a_cancelled_paper_needs_a_reason(story):
    paper = desk.drafted(story, "accident-quick-report")
    with pytest.raises(Rejected):
        papers.cancel(story.act(" "), paper=paper, version=1)
    assert papers.cancel(story.act("Soạn nhầm"), paper=paper, version=1).state == "cancelled"


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_the_same_moment_are_all_different_and_without_gaps():
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection, transaction

    def give(place: int) -> int | None:
        try:
            with transaction.atomic():
                number = papers.next_number("body:1", "QĐ", 2026)
                if place % 4 == 0:
                    raise ValueError("broken off")  # noqa: TRY301
                return number
        except ValueError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        given = [number for number in pool.map(give, range(16)) if number is not None]
    assert sorted(given) == list(range(1, 13))
