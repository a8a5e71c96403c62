"""Stating a fact that decides who owes a report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.law.reporting_duties import FactKind
from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.obligations.expected import reporter_of
from atvsld.oversight.obligations.models import StatedFact
from atvsld.oversight.obligations.models.reporter import COLUMNS
from atvsld.oversight.obligations.policy import REPORTERS, STATE
from atvsld.platform.acts import Act, Rejected, action

# Facts that a register holds as soon as it holds anything, but that may be stated where it holds nothing.
ALSO = frozenset({"harmful_factors", "strict_equipment"})


def may_be_stated(fact: str) -> bool:
    """Whether people may state it: a flag no register holds, or one of those a register may lack."""
    known = load_reporting_calendar().facts.get(fact)
    return known is not None and known.kind is FactKind.FLAG and (known.stated or fact in ALSO)


@action(needs=STATE, records="obligations:stated_fact:changed")
def state_fact(act: Act, *, reporter: Any, fact: str, value: bool, valid_from: date, source: str) -> StatedFact:
    """State a fact of a reporter from a day on; an earlier statement ends the day before.

    Stating the same again is nothing. `Rejected` for a fact nobody may state, a missing source, or a day before that of
    a statement already made.
    """
    register, pk = reporter_of(reporter)
    REPORTERS[register].require(act.actor, STATE, reporter)
    if not may_be_stated(fact):
        raise Rejected([Problem("unknown_fact", _("Không có sự kiện “%(fact)s” để ghi.") % {"fact": fact},
                                _("Chọn sự kiện trong danh sách."), column="fact")])  # fmt: skip
    if not source.strip():
        raise Rejected([Problem("source_missing", _("Chưa ghi căn cứ."),
                                _("Ghi văn bản, biên bản hoặc người cho biết."), column="source")])  # fmt: skip
    column = COLUMNS[register]
    _one_at_a_time(f"{column}:{pk}:{fact}")
    held = StatedFact.objects.filter(**{f"{column}_id": pk}, fact=fact, valid_to=None).first()
    if held is not None:
        if held.value is value and held.valid_from <= valid_from:
            return held
        if valid_from < held.valid_from:
            message = _("Đã ghi sự kiện này từ ngày %(day)s.") % {"day": f"{held.valid_from:%d/%m/%Y}"}
            raise Rejected([Problem("too_early", message, _("Chọn ngày sau đó."), column="valid_from")])
        if valid_from == held.valid_from:
            held.value, held.source = value, source.strip()[:200]
            held.by_name, held.stated_at = act.actor.name[:200], act.at
            held.save()
            return held
        held.valid_to = valid_from - timedelta(days=1)
        held.save()
    return StatedFact.objects.create(
        **{f"{column}_id": pk}, fact=fact, value=value, valid_from=valid_from, source=source.strip()[:200],
        by_name=act.actor.name[:200], stated_at=act.at,
    )  # fmt: skip


def _one_at_a_time(key: str) -> None:
    """Two people answering the same question wait for one another; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"stated:{key}"])
