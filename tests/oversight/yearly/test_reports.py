"""A report writes itself, cannot lie, and is handed in once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.oversight.workplans import scene
from tests.oversight.yearly import stage

from atvsld.kit.periods import Period
from atvsld.oversight.obligations import facade as obligations
from atvsld.oversight.obligations.actions.opening import open_period
from atvsld.oversight.workplans import facade as workplans
from atvsld.oversight.yearly import counting, facade, judging, sources
from atvsld.oversight.yearly.citing import uncited
from atvsld.oversight.yearly.models import ReportSentence, SentenceFigure, YearReport
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.acts.errors import Refused
from atvsld.registers.bodies.models import BodySuccession
from atvsld.registers.bodies.queries import lineage
from atvsld.registers.duties.models import Duty
from atvsld.registers.proofs import Asked

act, JANUARY = stage.act, stage.JANUARY


def claim(report, words):
    return next(one for one in report.sentences.filter(kind="claim") if words in one.text)


def test_drafted_from_the_record_with_every_number_cited(land):
    made = stage.tasks(land)
    report = stage.report(land)
    found = facade.judged(report)
    assert found
    assert [one.text for one in found if uncited(one.sentence.text) or one.lost] == []
    by = {figure.key: figure.value for one in found for figure in one.figures.values() if figure.source == "tasks"}
    assert {key: int(by[key]) for key in ("all", "done", "doing", "planned", "claimed", "proven")} == {
        "all": 3, "done": 1, "doing": 1, "planned": 1, "claimed": 2, "proven": 1,
    }  # fmt: skip
    # Every figure opens to just the records it counts.
    for one in SentenceFigure.objects.filter(sentence__report=report, source="tasks").exclude(key="owners"):
        assert len(counting.records(one, JANUARY)) == one.value, one.label
    # The number in a task's name is cited to the task; “Đã khám 300 người”, said without a register, is not repeated.
    text = " ".join(one.text for one in found)
    assert "02 lớp" in text
    assert "300" not in text
    assert [one.text for one in found if one.sentence.kind in {"difficulty", "proposal"}] == [
        "Thiếu người chuyên trách.", "Bổ sung biên chế.",
    ]  # fmt: skip
    assert stage.red(report) == [next(one.text for one in found if made[1].title in one.text)]
    # Begun again, it is the same report.
    assert stage.report(land).pk == report.pk


def test_taking_away_the_one_proof_turns_just_its_sentence_red(land):
    made = stage.tasks(land)
    report = stage.report(land)
    before = set(stage.red(report))
    evidence = made[0].evidence.get()
    workplans.remove_evidence(act(land.planner), evidence=evidence, why="Nhầm tệp")
    assert set(stage.red(report)) - before == {
        next(one.text for one in facade.judged(report) if made[0].pk in one.evidence)
    }
    made[0].refresh_from_db()
    workplans.add_file(act(land.planner), task=made[0], kind="plan_paper", name="lai.pdf", content=stage.PDF)
    assert set(stage.red(report)) == before


def test_a_typed_number_stops_sending_and_a_bare_claim_is_marked(land):
    stage.tasks(land)
    report = stage.report(land)
    by = act(land.planner)
    sentence = claim(report, "Tập huấn y tế")
    facade.write(by, sentence=sentence, version=sentence.version, text=f"{sentence.text} Có 47 người dự.")
    deed = facade.add(by, report=report, section="2", text="Đã tổ chức tuyên truyền sâu rộng")
    report.refresh_from_db()
    with pytest.raises(Rejected) as stopped:
        facade.send(by, report=report, version=report.version, signed=stage.signed())
    assert [(one.code, "47" in one.message, bool(one.remedy)) for one in stopped.value.problems] == [
        ("uncited_number", True, True)
    ]
    assert deed.text in stage.red(report)
    # Resting on a proven task it is a claim that stands.
    proven = claim(report, "Tập huấn").proofs.get().task
    facade.rest_on(by, sentence=deed, version=deed.version, tasks=[proven.public_id])
    assert deed.text not in stage.red(report)


def test_edited_words_stay_and_moved_figures_are_told(land):
    made = stage.tasks(land)
    report = stage.report(land)
    by = act(land.planner)
    counts = report.sentences.get(key="I:counts")
    text = counts.text.replace("Có ", "Trong năm có ")
    facade.write(by, sentence=counts, version=counts.version, text=text)
    third = made[2]
    workplans.report_progress(by, task=third, version=third.version, said=workplans.Said("doing", 10, "Đang chuẩn bị"))
    rows = list(SentenceFigure.objects.filter(sentence=counts))
    told = {one.figure.key: (one.figure.value, one.now) for one in counting.moved(rows, JANUARY)}
    assert told == {
        key: (Decimal(a), Decimal(b)) for key, a, b in (("doing", 1, 2), ("planned", 1, 0), ("claimed", 2, 3))
    }
    report.refresh_from_db()
    facade.redraft(by, report=report, version=report.version)
    counts.refresh_from_db()
    assert counts.text == text
    assert "đang thực hiện nhiệm vụ" in report.sentences.get(key__endswith=f"task:{third.public_id}").text.lower()
    report.refresh_from_db()
    one = next(row for row in rows if row.key == "doing")
    assert facade.take_figures(by, report=report, version=report.version, figures=[one.public_id]) == 1
    assert "3 nhiệm vụ: 1 đã xong, 2 đang làm, 1 chưa bắt đầu" in next(
        held.text for held in facade.judged(report) if held.sentence.pk == counts.pk
    )  # fmt: skip


def test_two_officers_and_a_sentence_dropped(land):
    stage.tasks(land)
    report = stage.report(land)
    by = act(land.planner)
    sentence = claim(report, "Tập huấn")
    facade.write(by, sentence=sentence, version=sentence.version, text="Một lời khác")
    with pytest.raises(Conflict):
        facade.write(by, sentence=sentence, version=sentence.version, text="Lời của người thứ hai")
    sentence.refresh_from_db()
    facade.drop(by, sentence=sentence, version=sentence.version)
    report.refresh_from_db()
    facade.redraft(by, report=report, version=report.version)
    assert sentence.pk not in {one.sentence.pk for one in facade.judged(report)}
    with pytest.raises(Refused):
        facade.write(act(land.village), sentence=sentence, version=sentence.version, text="x")


def test_handed_in_once_and_its_duty_done(land):
    stage.tasks(land)
    open_period("R12", Period.parse("2025"), at=datetime(2025, 12, 20, tzinfo=UTC))
    owed = Duty.objects.filter(rule="R12", body=land.health)
    assert owed.get().state == Duty.State.OPEN
    report = stage.report(land)
    assert str(report.due_before) == "2026-01-05"
    version = report.version
    sent = facade.send(act(land.planner), report=report, version=version, signed=stage.signed())
    again = facade.send(act(land.planner), report=report, version=version, signed=stage.signed(number="06/BC-SYT"))
    assert (sent.state, again.number, again.late) == ("sent", "05/BC-SYT", False)
    assert owed.get().state == Duty.State.DONE
    assert Duty.objects.get(rule="R12", body=land.commune).state == Duty.State.OPEN
    with pytest.raises(Conflict):
        facade.write(act(land.planner), sentence=report.sentences.first(), version=1, text="Muộn rồi")
    term = obligations.known_term("R12", "2025")
    assert {one.pk: one.state for one in obligations.standings(term, today=JANUARY.date()) if one.owes} == {
        land.health.pk: "submitted", land.commune.pk: "due_soon",
    }  # fmt: skip
    assert [one.pk for one in facade.missing(scene.PROGRAMME, 2025, JANUARY)] == [land.commune.pk]
    assert obligations.total(term, today=stage.LATE.date()).silent == 1
    # Sent back, mended and sent again it is still the first sending that counts.
    lead = act(land.officer, stage.LATE)
    sent.refresh_from_db()
    facade.return_report(lead, report=sent, version=sent.version, why="Bổ sung số lớp")
    sent.refresh_from_db()
    sent = facade.send(act(land.planner, stage.LATE), report=sent, version=sent.version, signed=stage.signed())
    facade.accept(lead, report=sent, version=sent.version)
    sent.refresh_from_db()
    assert (sent.state, sent.late, sent.remarks.get().returns) == ("accepted", False, True)
    assert [one.state for one in obligations.of_reporter("bodies", land.health.pk, 2026, today=stage.LATE.date())
            if one.term.duty.id == "R12" and one.term.period.code == "2025"] == ["accepted"]  # fmt: skip


def test_the_last_moment_in_time_and_the_first_late(land):
    stage.tasks(land, files=False)
    report = stage.report(land)
    # 4 January 23:59:59 in Viet Nam is in time; midnight is not.
    for second, late in (
        (datetime(2026, 1, 4, 16, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 4, 17, tzinfo=UTC), True),
    ):
        YearReport.objects.filter(pk=report.pk).update(state="draft", first_sent_at=None, sent_at=None, late=False)
        report.refresh_from_db()
        assert (
            facade.send(act(land.planner, second), report=report, version=report.version, signed=stage.signed()).late
            is late
        )


def test_everybodys_report_counts_from_the_registers_and_names_who_is_missing(land):
    stage.tasks(land)
    mine = stage.report(land)
    hard = mine.sentences.get(kind="difficulty")
    counts = mine.sentences.get(key="I:counts").figures.get(key="all")
    counts.pk, counts.public_id, counts.sentence = None, "01J00000000000000000000009", hard
    counts.save(force_insert=True)
    facade.write(act(land.planner), sentence=hard, version=hard.version, text="Thiếu người cho {f1} nhiệm vụ.")
    mine.refresh_from_db()
    facade.send(act(land.planner), report=mine, version=mine.version, signed=stage.signed())
    lead = act(land.officer, datetime(2026, 1, 12, 3, tzinfo=UTC))
    whole = facade.open_report(lead, programme=scene.PROGRAMME, year=2025, body=land.lead, standing=True)
    found = facade.judged(whole)
    assert [one.text for one in found if uncited(one.sentence.text)] == []
    assert str(whole.due_before) == "2026-01-15"
    text = " ".join(one.text for one in found)
    assert "1 trên 2 đơn vị phải báo cáo đã gửi báo cáo năm" in text
    assert "1 xã, phường, đặc khu (danh sách kèm theo)" in text
    # A difficulty comes with its figure, which leads back to the report that states it.
    assert "Thiếu người cho 3 nhiệm vụ (Sở Y tế tỉnh Thử)." in text
    quoted = SentenceFigure.objects.get(sentence__report=whole, word="quoted")
    assert [one.key for one in counting.records(quoted, JANUARY)] == [mine.public_id]
    assert "Sở Y tế tỉnh Thử: đã hoàn thành nhiệm vụ" in text
    issued = facade.issue(lead, report=whole, version=whole.version, signed=stage.signed(number="", on=lead.day))
    assert (issued.state, issued.late, issued.number) == ("issued", False, "01/BC-SNV")
    assert facade.issue(lead, report=whole, version=whole.version, signed=stage.signed(number="")).number == "01/BC-SNV"
    assert obligations.total(obligations.known_term("R12_STANDING", "2025"), today=lead.day).in_ == 1


def test_a_killed_worker_leaves_neither_number_nor_state(land, monkeypatch):
    stage.tasks(land, files=False)
    report = stage.report(land)

    def killed(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr("atvsld.platform.papers.actions.issuing.render", killed)
    with pytest.raises(KeyboardInterrupt):
        facade.send(act(land.planner), report=report, version=report.version, signed=stage.signed(number=""))
    monkeypatch.undo()
    report.refresh_from_db()
    assert (report.state, report.number) == ("draft", "")
    sent = facade.send(act(land.planner), report=report, version=report.version, signed=stage.signed(number=""))
    assert sent.number == "01/BC-SYT"
    assert not ReportSentence.objects.filter(report=report, kind="claim", proven=None).exists()
    assert judging.judged(sent)


def test_the_heir_reports_for_what_it_took_over_and_a_firm_for_itself(land):
    made = stage.tasks(land, files=False)
    old = scene.body("old", "Sở cũ", land.ground.province, "health_lead", end=date(2025, 6, 30))
    BodySuccession.objects.create(predecessor=old, successor=land.health, effective_on=date(2025, 7, 1))
    workplans.Task.objects.filter(pk=made[0].pk).update(body=old)
    report = stage.report(land)
    assert SentenceFigure.objects.get(sentence__key="I:counts", key="all", sentence__report=report).value == 3
    # Two heirs of one body both tell of its work; over everybody it counts once.
    twin = scene.body("twin", "Sở kia", land.ground.province, "construction", start=date(2025, 7, 1))
    BodySuccession.objects.create(predecessor=old, successor=twin, effective_on=date(2025, 7, 1))
    spans = [Asked(report.start, report.end, bodies) for bodies in (lineage(land.health.pk), lineage(twin.pk), None)]
    told = [
        next(one.value for one in sources.task_figures(scene.PROGRAMME, span) if one.key == "all") for span in spans
    ]
    assert told == [3, 1, workplans.Task.objects.count()] == [3, 1, 3]
    mill = land.ground.mill
    firm = facade.open_report(act(land.employer), programme=scene.PROGRAMME, year=2025, establishment=mill)
    sent = facade.send(act(land.employer), report=firm, version=firm.version, signed=stage.signed(number="1/BC"))
    assert (sent.kind, sent.due_before, sent.late) == ("establishment", None, False)
    with pytest.raises(Refused):
        facade.open_report(act(land.employer), programme=scene.PROGRAMME, year=2025, body=land.health)


def test_on_request_takes_what_was_asked_wherever_the_plan_gives_it(land):
    made = stage.tasks(land, files=False)
    lead = act(land.officer)
    wanted = facade.Request(
        "01J00000000000000000000001", "Về quản lý nhà nước", date(2025, 1, 1), date(2025, 12, 31), ("III.4",)
    )
    report = facade.open_on_request(lead, programme=scene.PROGRAMME, body=land.lead, request=wanted)
    assert facade.open_on_request(lead, programme=scene.PROGRAMME, body=land.lead, request=wanted).pk == report.pk
    # IV.2.2a carries out III.4, IV.2.1 does not.
    text = " ".join(one.text for one in facade.judged(report))
    assert (made[1].title in text, "Tập huấn y tế cơ sở" in text) == (True, False)
