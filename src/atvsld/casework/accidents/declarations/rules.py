"""What must hold of a notice. Facts in, problems out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from atvsld.casework.accidents import rules as case_rules
from atvsld.casework.accidents.declarations.models import Channel, Kind
from atvsld.casework.accidents.declarations.notice import MOST, Notice
from atvsld.kit.outcome import Problem
from atvsld.law import LawBook
from atvsld.platform.acts import clock
from atvsld.registers.places.tree import PlaceTree

# A phone whose clock runs ahead is believed this far.
CLOCK_SKEW = timedelta(minutes=10)


def check(book: LawBook, graph: PlaceTree, notice: Notice, *, at: datetime) -> Iterator[Problem]:
    """Problems of the notice itself; those of the case it opens are found by the case's own rules."""
    if notice.kind not in Kind.values:
        yield _choice("kind", notice.kind)
    if notice.channel not in Channel.values:
        yield _choice("channel", notice.channel)
    if notice.occurred_at > at + CLOCK_SKEW:
        yield Problem(
            "future_date", _("Thời điểm xảy ra ở tương lai."), _("Kiểm tra lại ngày, giờ."), column="occurred_at"
        )
    yield from _order(notice, at)
    day = clock.local_day(notice.occurred_at)
    yield from case_rules.check_place(graph, graph.nodes.get(notice.place_id), on=day)
    yield from case_rules.check_code(book, case_rules.CAUSES, notice.cause_code, on=day, column="cause_code")
    yield from case_rules.check_code(
        book, case_rules.AGENTS, notice.injury_agent_code, on=day, column="injury_agent_code"
    )
    if not notice.people and notice.kind != Kind.INCIDENT:
        yield Problem(
            "no_victim", _("Chưa ghi số người chết hoặc bị thương."), _("Chưa biết mức độ thì ghi vào ô “chưa rõ”."),
            column="unclear",
        )  # fmt: skip
    if notice.people > MOST:
        yield Problem("too_many_people", _("Số người quá lớn, kiểm tra lại."), column="dead")
    if not notice.description.strip():
        yield Problem("no_description", _("Chưa ghi chuyện gì đã xảy ra."), _("Một câu là đủ."), column="description")


def _order(notice: Notice, at: datetime) -> Iterator[Problem]:
    """Nobody knows of an accident before it happens, nor tells before knowing."""
    if notice.known_at and notice.known_at < notice.occurred_at:
        yield Problem(
            "known_before_it_happened", _("Thời điểm biết tin trước lúc xảy ra."), _("Kiểm tra lại ngày, giờ."),
            column="known_at",
        )  # fmt: skip
    notified = notice.notified_at
    if notified is None:
        return
    if notified > at + CLOCK_SKEW:
        yield Problem(
            "future_date", _("Thời điểm báo ở tương lai."), _("Kiểm tra đồng hồ của máy."), column="notified_at"
        )
    if notified + CLOCK_SKEW < notice.occurred_at:
        yield Problem(
            "notified_before_it_happened", _("Thời điểm báo trước lúc xảy ra."), _("Kiểm tra lại ngày, giờ."),
            column="notified_at",
        )  # fmt: skip


def _choice(column: str, value: str) -> Problem:
    message = _("Giá trị “%(value)s” không có trong danh mục.") % {"value": value[:60]}
    return Problem("choice_unknown", message, column=column, value=value[:60])
