"""Lateness is judged from the instant the rule names, by when the word was sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.casework.accidents import scene
from tests.casework.accidents.declarations.telling import informal, told

from atvsld.casework.accidents.declarations.actions import receive
from atvsld.casework.accidents.declarations.timing import span, timing
from atvsld.kit.ids import new_ulid
from atvsld.law import load_book

pytestmark = pytest.mark.django_db


def test_at_once_has_no_number_so_nobody_is_called_late(land):
    found = timing(load_book(), told(land, notified_at=scene.NOW))
    assert (found.took, found.late) == (timedelta(hours=4), None)
    assert "4 giờ" in found.sentence
    assert "ngay" in found.sentence


# News on Monday 09/02/2026: five working days, the Lunar New Year holidays aside.
@pytest.mark.parametrize(("sent", "late"), [(datetime(2026, 2, 10, 2, tzinfo=UTC), False), (scene.NOW, True)])
def test_news_from_abroad_has_five_working_days(land, sent, late):
    known = datetime(2026, 2, 9, 2, tzinfo=UTC)
    made = told(land, kind="abroad", occurred_at=known, known_at=known, notified_at=sent)
    assert timing(load_book(), made).late is late


def test_a_word_that_waited_for_a_line_is_as_early_as_it_was_sent(land):
    known = datetime(2026, 2, 9, 2, tzinfo=UTC)
    made = told(land, kind="abroad", occurred_at=known, known_at=known, notified_at=known + timedelta(hours=1))
    assert made.received_at == scene.NOW
    assert timing(load_book(), made).late is False


def test_nothing_is_reckoned_from_an_instant_nobody_knows(land):
    assert timing(load_book(), told(land, known_at=None)).took is None
    taken = receive(scene.act(), key=new_ulid(), notice=informal(land))
    assert timing(load_book(), taken).sentence == ""


def test_spans_read_as_people_say_them():
    assert [span(timedelta(minutes=m)) for m in (0, 12, 130, 1440, 3000)] == [
        "0 phút", "12 phút", "2 giờ 10 phút", "1 ngày", "2 ngày 2 giờ",
    ]  # fmt: skip
