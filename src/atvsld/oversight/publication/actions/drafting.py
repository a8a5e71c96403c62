"""Drafting a notice: computed from the records, put into words, recomputed when records changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.kit.periods import Period, PeriodKind
from atvsld.oversight.publication import wording, words
from atvsld.oversight.publication.computing import Asked, Computed, compute
from atvsld.oversight.publication.content import Content
from atvsld.oversight.publication.models import Notice
from atvsld.oversight.publication.policy import CHANGE, NOTICES
from atvsld.platform.acts import Act, Conflict, Rejected, action


@dataclass(frozen=True, slots=True)
class Extras:
    """What an officer adds to the figures: other costs (thousand đồng) with their source, units of an earlier day."""

    former_day: date | None = None
    other_costs: Decimal | None = None
    other_costs_source: str = ""


@action(needs=CHANGE, records="publication:notice:drafted")
def draft_notice(
    act: Act, *, key: str, place_code: str, period: Period, reason: str = "", extras: Extras | None = None
) -> Notice:
    """Begin the notice of a period, or the next edition of one that is out (then with a reason).

    `key` is a ULID made by the sender: sent twice, it gives the same draft. `Rejected` for a period that has not
    ended, that no notice is made for, or that has a draft already.
    """
    if not is_ulid(key):
        raise _rejected("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang thông báo."))
    lock(place_code)
    earlier = Notice.objects.filter(public_id=key).first()
    if earlier is not None:
        NOTICES.require(act.actor, CHANGE, earlier)
        return earlier
    _require_period(act, period)
    issued = Notice.objects.filter(place_code=place_code, period=period.code).exclude(state=Notice.State.DRAFT)
    last = issued.order_by("-revision").first()
    if Notice.objects.filter(place_code=place_code, period=period.code, state=Notice.State.DRAFT).exists():
        raise _rejected("draft_exists", _("Kỳ này đã có dự thảo."), _("Mở dự thảo đó để viết tiếp."))
    if last is not None and not reason.strip():
        raise _rejected("reason_missing", _("Chưa ghi lý do điều chỉnh thông báo đã công bố."),
                        _("Ghi lý do, ví dụ: có thêm hồ sơ sau ngày công bố."), column="reason")  # fmt: skip
    extras = extras or Extras()
    found = compute(act.actor, _asked(place_code, period, extras), at=act.at)
    notice = Notice(
        public_id=key, place_id=found.place_id, place_code=place_code, period=period.code,
        revision=last.revision + 1 if last else 0, reason=reason.strip()[:500], drafted_at=act.at,
        drafted_by_id=act.actor.user_id, former_day=extras.former_day, other_costs=extras.other_costs,
        other_costs_source=extras.other_costs_source.strip()[:250],
    )  # fmt: skip
    NOTICES.require(act.actor, CHANGE, notice)
    _fill(notice, found)
    kept = dict(last.sections) if last else {}
    first = wording.drafted(found.content.figures, found.content.phrases, revised=last is not None)
    notice.sections = {
        **first,
        **{name: kept[name] for name in ("danh_gia", "bien_phap", "noi_nhan") if kept.get(name)},
    }
    notice.save(force_insert=True)
    return notice


@action(needs=CHANGE, records="publication:notice:written")
def write(act: Act, *, notice: Notice, version: int, sections: Mapping[str, str]) -> Notice:
    """Set the words. `Rejected` names every placeholder that stands for nothing and every number typed by hand."""
    NOTICES.require(act.actor, CHANGE, notice)
    held = {name: text.replace("\r\n", "\n").strip() for name, text in sections.items()}
    content = Content.from_json(notice.content)
    found = list(words.problems(held, words.known_names(content.figures, content.phrases)))
    if found:
        raise Rejected(found)
    return _step(notice, version, sections={**notice.sections, **held})


@action(needs=CHANGE, records="publication:notice:recomputed")
def recompute(act: Act, *, notice: Notice, version: int, extras: Extras | None = None) -> Notice:
    """Count again as the records stand now; the words stay, their figures move with the counts."""
    NOTICES.require(act.actor, CHANGE, notice)
    lock(notice.place_code)
    held = extras or extras_of(notice)
    if held.other_costs is not None and not held.other_costs_source.strip():
        raise _rejected("source_missing", _("Chưa ghi nguồn của chi phí khác."),
                        _("Ghi cơ quan, văn bản cung cấp số này."), column="other_costs_source")  # fmt: skip
    found = compute(act.actor, _asked(notice.place_code, notice.span, held), at=act.at)
    _fill(notice, found)
    return _step(
        notice, version, content=notice.content, editions=notice.editions, based_on=notice.based_on,
        as_of=notice.as_of, place_id=notice.place_id, former_day=held.former_day, other_costs=held.other_costs,
        other_costs_source=held.other_costs_source.strip()[:250],
    )  # fmt: skip


@action(needs=CHANGE, records="publication:notice:dropped")
def drop_draft(act: Act, *, notice: Notice, version: int) -> None:
    """Remove a draft; what is out is never removed, only replaced."""
    NOTICES.require(act.actor, CHANGE, notice)
    gone, _rows = Notice.objects.filter(pk=notice.pk, version=version, state=Notice.State.DRAFT).delete()
    if not gone:
        raise moved_on()


def extras_of(notice: Notice) -> Extras:
    return Extras(notice.former_day, notice.other_costs, notice.other_costs_source)


def lock(place_code: str) -> None:
    """One computation or issue of a province at a time: protection must see every earlier edition."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"notice:{place_code}"])


def moved_on() -> Conflict:
    return Conflict(
        _(
            "Thông báo vừa được người khác sửa hoặc đã công bố nên thay đổi của bạn chưa được ghi. "
            "Mở lại để xem bản mới."
        )
    )


def _asked(place_code: str, period: Period, extras: Extras) -> Asked:
    return Asked(place_code, period, extras.former_day, extras.other_costs)


def _fill(notice: Notice, found: Computed) -> None:
    notice.content = found.content.to_json()
    notice.editions = {code: edition.to_json() for code, edition in found.editions.items()}
    notice.based_on = found.based_on
    notice.as_of = found.content.as_of
    notice.place_id = found.place_id


def _step(notice: Notice, version: int, **values: object) -> Notice:
    """Move a draft to its next version, or raise `Conflict` when someone else did so first."""
    held = Notice.objects.filter(pk=notice.pk, version=version, state=Notice.State.DRAFT)
    if not held.update(version=F("version") + 1, **values):
        raise moved_on()
    notice.refresh_from_db()
    return notice


def _require_period(act: Act, period: Period) -> None:
    if period.kind is not PeriodKind.YEAR and (period.kind is not PeriodKind.HALF or period.index != 1):
        raise _rejected("bad_period", _("Thông báo chỉ lập cho 6 tháng đầu năm hoặc cả năm."),
                        _("Chọn kỳ dạng 2025-H1 hoặc 2025."), column="period")  # fmt: skip
    if period.end >= act.day:
        raise _rejected("period_open", _("Kỳ %(period)s chưa kết thúc.") % {"period": period.label_vi},
                        _("Chờ hết kỳ rồi lập thông báo."), column="period")  # fmt: skip


def _rejected(code: str, message: str, remedy: str, column: str | None = None) -> Rejected:
    return Rejected([Problem(code, message, remedy, column=column)])
