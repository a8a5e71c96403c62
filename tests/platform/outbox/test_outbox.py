"""A message is posted once, and e-mailed at most once, whatever dies in between."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from tests.platform import cast

from atvsld.platform.outbox import facade as outbox
from atvsld.platform.outbox import jobs
from atvsld.platform.outbox.models import Message

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
State = Message.Email


@pytest.fixture
def mailing(settings, monkeypatch):
    settings.OUTBOX_SENDS_EMAIL, settings.ORIGIN = True, "https://atvsld.example"
    monkeypatch.setattr(jobs.clock, "now", lambda: AT)


def posted(land, key="nhac:1", **changes):
    person = cast.user(land, "province_officer")
    person.email = "can.bo@example.com"
    person.save()
    stated = {"subject": "Sắp đến hạn", "body": "Còn 3 ngày.", "url": "/viec/", "at": AT} | changes
    return outbox.post(key=key, user_id=person.pk, **stated)


def state_of(message):
    return Message.objects.get(pk=message.pk).email_state


def test_a_key_is_posted_once(land):
    first, again = posted(land), posted(land, subject="Khác")
    assert first.pk == again.pk
    assert Message.objects.get().subject == "Sắp đến hạn"
    assert state_of(first) == State.NONE, "e-mail is not set up"


def test_a_message_is_mailed_once_however_often_the_job_runs(land, mailing):
    message = posted(land)
    for _time in range(3):
        jobs.send(message_id=message.pk)
    [letter] = mail.outbox
    assert letter.to == ["can.bo@example.com"]
    assert "https://atvsld.example/viec/" in letter.body
    assert message.public_id in letter.extra_headers["Message-ID"]
    assert state_of(message) == State.SENT


def test_nobody_without_an_address_waits_for_mail(land, mailing):
    person = cast.user(land, "leader")
    message = outbox.post(key="k", user_id=person.pk, subject="s", body="", url="", at=AT)
    assert message.email_state == State.NONE


def test_a_refused_letter_is_tried_again_later_and_given_up_in_the_end(land, mailing, monkeypatch):
    def refuse(self, **kwargs):
        raise smtplib.SMTPServerDisconnected if kwargs.get("odd") else smtplib.SMTPDataError(451, b"busy")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    message = posted(land)
    jobs.send(message_id=message.pk)
    assert state_of(message) == State.WAITING
    jobs.sweep(timestamp=0)
    assert Message.objects.get().attempts == 1, "not before the pause is over"
    for hours in range(1, 8):
        monkeypatch.setattr(jobs.clock, "now", lambda hours=hours: AT + timedelta(hours=hours))
        jobs.sweep(timestamp=0)
    assert (state_of(message), Message.objects.get().attempts) == (State.FAILED, jobs.MOST_ATTEMPTS)


def test_a_broken_line_leaves_it_open_and_never_sends_twice(land, mailing, monkeypatch):
    def break_off(self, **kwargs):
        raise TimeoutError

    message = posted(land)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", break_off)
        jobs.send(message_id=message.pk)
    jobs.send(message_id=message.pk)
    assert state_of(message) == State.UNSURE
    assert mail.outbox == []


def test_what_a_killed_worker_had_in_hand_is_settled_and_not_sent_again(land, mailing, monkeypatch):
    message = posted(land)
    Message.objects.update(email_state=State.SENDING, tried_at=AT, attempts=1)
    jobs.sweep(timestamp=0)
    assert state_of(message) == State.SENDING, "a slow server is not a dead worker"
    monkeypatch.setattr(jobs.clock, "now", lambda: AT + jobs.GONE_AFTER + timedelta(seconds=1))
    jobs.sweep(timestamp=0)
    assert state_of(message) == State.UNSURE
    assert mail.outbox == []


def test_a_message_whose_job_was_lost_is_found_by_the_sweep(land, mailing, monkeypatch):
    message = posted(land)
    monkeypatch.setattr(jobs.clock, "now", lambda: AT + timedelta(minutes=2))
    jobs.sweep(timestamp=0)
    jobs.sweep(timestamp=0)
    assert (state_of(message), len(mail.outbox)) == (State.SENT, 1)


def test_people_see_and_open_their_own_messages_only(land, sign_in):
    message = posted(land)
    mine, other = sign_in("province_officer"), sign_in("leader")
    page = mine.get("/hop-thu/").content.decode()
    assert "Sắp đến hạn" in page
    assert 'class="inbox-count">1' in page
    assert "Sắp đến hạn" not in other.get("/hop-thu/").content.decode()
    assert other.post(f"/hop-thu/{message.public_id}/mo/").status_code == 404
    answer = mine.post(f"/hop-thu/{message.public_id}/mo/")
    assert (answer.status_code, answer["Location"]) == (302, "/viec/")
    assert outbox.unread(message.user_id) == 0
    assert 'class="inbox-count"' not in mine.get("/hop-thu/").content.decode()


def test_a_message_never_leads_out_of_the_system(land, sign_in):
    message = posted(land, url="//evil.example/")
    assert sign_in("province_officer").post(f"/hop-thu/{message.public_id}/mo/")["Location"] == "/hop-thu/"


def test_all_can_be_marked_read_at_once(land, sign_in):
    posted(land)
    message = posted(land, key="nhac:2")
    sign_in("province_officer").post("/hop-thu/da-doc/")
    assert outbox.unread(message.user_id) == 0
