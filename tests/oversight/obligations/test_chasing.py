"""Rounds of letters: each silent reporter is written to once at each step, under numbers without gaps."""

from __future__ import annotations

import io
import threading
from datetime import UTC, date, datetime, timedelta

import docx
import pypdf
import pytest
from django.db import connection
from tests.casework.accidents import scene
from tests.oversight.obligations import crowd as people

from atvsld.kit.ids import new_ulid
from atvsld.kit.periods import Period
from atvsld.law.reporting_duties_reading import load_reporting_calendar

AT = datetime(2026, 7, 20, 2, tzinfo=UTC)
SENT = datetime(2026, 7, 1, 2, tzinfo=UTC)


def act(role="province_officer", at=AT):
    from dataclasses import replace

    return replace(scene.act(role=role), at=at)


def begin(key=None, *, by=None, step="first_letter", ids=None, signer_name="Nguyễn Văn Ký"):
    from atvsld.oversight.obligations import actions

    return actions.begin(
        by or act(), key=key or new_ulid(), report="R1", period="2026-H1", step=step, ids=ids, signer_name=signer_name
    )


def silent(crowd):
    as_of = date(2026, 6, 30)
    return sorted(firm.pk for firm in crowd.firms if people.owes("R1", "2026-H1", firm, crowd, as_of) is True)


def last_ok():
    return load_reporting_calendar().term("R1", Period.parse("2026-H1")).last_ok


def test_a_round_writes_to_the_silent_only_numbered_without_gaps_in_one_word_and_one_pdf(crowd):
    from atvsld.oversight.obligations import actions
    from atvsld.platform.files import facade as files
    from atvsld.platform.outbox.models import Message

    owing = silent(crowd)
    told = people.Establishment.objects.get(pk=owing[3])
    user = scene.person("chu", "employer", firm=told)
    people.file("R1", "2026-H1", at=SENT, last_ok=last_ok(), establishment_id=owing[0])
    batch = begin()
    # One hands in between the click and the worker.
    people.file("R1", "2026-H1", at=SENT, last_ok=last_ok(), establishment_id=owing[1])
    actions.write(batch.pk, at=AT)
    actions.write(batch.pk, at=AT)
    batch.refresh_from_db()
    letters = list(batch.letters.order_by("number"))
    assert sorted(one.establishment_id for one in letters) == owing[2:]
    assert [one.number for one in letters] == list(range(1, len(letters) + 1))
    pages = pypdf.PdfReader(io.BytesIO(files.open_bytes(batch.pdf))).pages
    assert len(pages) == len(letters)
    text = pages[1].extract_text().replace("\n", " ")
    assert letters[1].facts["name"] in text
    assert "trước ngày 05/07/2026" in text
    assert "quá hạn 16 ngày" in text
    assert "{" not in text
    word = docx.Document(io.BytesIO(files.open_bytes(batch.word)))
    assert len(word.sections) == len(letters)
    message = Message.objects.get()
    assert message.user_id == user.pk
    assert told.name in message.body


def test_steps_are_climbed_in_order_and_not_too_early(crowd):
    from atvsld.oversight.obligations import actions
    from atvsld.platform.acts import Rejected

    with pytest.raises(Rejected, match="không có đơn vị"):
        begin(step="second_letter")
    with pytest.raises(Rejected, match="không có đơn vị"):
        begin(by=act(at=datetime(2026, 7, 4, 2, tzinfo=UTC)))
    some = silent(crowd)[:5]
    first = begin(ids=some)
    actions.write(first.pk, at=AT)
    with pytest.raises(Rejected, match="không có đơn vị"):
        begin(ids=some)
    second = begin(step="second_letter")
    actions.write(second.pk, at=AT)
    assert sorted(second.letters.values_list("establishment_id", flat=True)) == some
    assert all("số" in one.facts["earlier"] for one in second.letters.all())
    later = AT + timedelta(days=20)
    proposal = begin(by=act(at=later), step="proposal")
    actions.write(proposal.pk, at=later)
    proposal.refresh_from_db()
    assert proposal.letters.count() == 5
    assert proposal.letters.values("number").distinct().count() == 1
    for wrong in ({"step": "no_such_step"}, {"signer_name": " "}):
        with pytest.raises(Rejected):
            begin(**wrong)


def test_a_worker_killed_anywhere_is_followed_by_one_that_finishes(crowd, monkeypatch):
    from atvsld.oversight.obligations import actions
    from atvsld.oversight.obligations.actions import chasing

    monkeypatch.setattr(chasing, "PORTION", 4)
    batch = begin()
    written, number = [], chasing._number

    def dies(*given):
        written.append(given)
        if len(written) == 7:
            raise RuntimeError("killed")
        return number(*given)

    monkeypatch.setattr(chasing, "_number", dies)
    with pytest.raises(RuntimeError, match="killed"):
        actions.write(batch.pk, at=AT)
    assert batch.letters.count() == 4
    monkeypatch.setattr(chasing, "_number", number)
    monkeypatch.setattr(chasing, "render_many", lambda *_given: (_ for _ in ()).throw(RuntimeError("killed")))
    with pytest.raises(RuntimeError, match="killed"):
        actions.write(batch.pk, at=AT)
    monkeypatch.undo()
    actions.write(batch.pk, at=AT + timedelta(minutes=5))
    batch.refresh_from_db()
    assert batch.state == "done"
    numbers = sorted(batch.letters.values_list("number", flat=True))
    assert numbers == list(range(1, len(silent(crowd)) + 1))


@pytest.mark.django_db(transaction=True)
def test_a_double_click_and_several_workers_make_one_round_and_one_letter_each():
    from atvsld.oversight.obligations import actions
    from atvsld.oversight.obligations.models import ReminderBatch, ReminderLetter

    crowd = people.build(count=20)
    key, failures, start = new_ulid(), [], threading.Barrier(4)

    def together(work):
        def run():
            try:
                start.wait(30)
                work()
            except Exception as error:  # noqa: BLE001 — told below
                failures.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _number in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(90)

    together(lambda: begin(key))
    assert not failures
    batch = ReminderBatch.objects.get()
    together(lambda: actions.write(batch.pk, at=AT))
    assert not failures
    owing = silent(crowd)
    assert sorted(ReminderLetter.objects.values_list("establishment_id", flat=True)) == owing
    assert sorted(ReminderLetter.objects.values_list("number", flat=True)) == list(range(1, len(owing) + 1))


@pytest.mark.parametrize("role", ["employer", "commune_officer", "department_officer", "leader"])
def test_nobody_else_writes_letters(crowd, role):
    from atvsld.platform.acts import Refused

    with pytest.raises(Refused):
        begin(by=act(role))
