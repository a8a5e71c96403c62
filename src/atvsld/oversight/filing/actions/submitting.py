"""Handing a report in: once for each key, whole or not at all, and never changed afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.oversight.filing import drafts, due, figures, following, judging, receipts
from atvsld.oversight.filing.actions.stepping import hold, require_state
from atvsld.oversight.filing.content import Content
from atvsld.oversight.filing.filled import Filled
from atvsld.oversight.filing.models import DraftEntry, Filing, Submission
from atvsld.oversight.filing.policy import OWN, SUBMIT
from atvsld.platform.acts import Act, Conflict, Rejected, action

LONGEST_REASON = 500
# Problems named in one answer; a form left blank has hundreds.
MOST_PROBLEMS = 200


def submit(act: Act, *, filing: Filing, key: str, version: int, seen: str = "", reason: str = "") -> Submission:
    """Hand the draft in, and give its receipt.

    `key` is a ULID of the sender: sent twice, it hands in once and gives the same receipt. `version` is that of the
    filing its writer saw, `seen` the mark of the draft (`Draft.mark`): `Conflict` when either moved on, unless `seen`
    is empty. A report handed in before needs a `reason`. `Rejected` with every fault that stops it.
    """
    hand_in = _hand_in_again if filing.number else _hand_in
    return hand_in(act, filing=filing, key=key, version=version, seen=seen, reason=reason)


@action(needs=SUBMIT, records="filing:report_filing:submitted")
def _hand_in(act: Act, *, filing: Filing, key: str, version: int, seen: str, reason: str) -> Submission:
    return _submitted(act, filing, key, version, seen=seen, reason=reason)


@action(needs=SUBMIT, records="filing:report_filing:corrected")
def _hand_in_again(act: Act, *, filing: Filing, key: str, version: int, seen: str, reason: str) -> Submission:
    return _submitted(act, filing, key, version, seen=seen, reason=reason)


def _submitted(act: Act, filing: Filing, key: str, version: int, *, seen: str, reason: str) -> Submission:
    OWN.require(act.actor, SUBMIT, filing)
    if not is_ulid(key):
        raise Rejected([Problem("bad_key", _("Mã lần nộp không đúng dạng."), _("Mở lại trang nộp."), column="key")])
    filing = hold(filing)
    earlier = Submission.objects.filter(filing=filing, key=key).first()
    if earlier is not None:
        return earlier
    require_state(filing, Filing.OPEN, _("Không nộp được"))
    if filing.version != version:
        raise Conflict(_("Báo cáo này vừa được người khác xử lý. Mở lại trang để xem bản mới rồi nộp."))
    draft = drafts.read(filing, at=act.at)
    if seen and draft.mark != seen:
        raise Conflict(_("Số liệu vừa thay đổi so với bản bạn đã xem. Xem lại rồi nộp."))
    _require_sound(filing, draft.filled, draft.content, reason)
    [made] = write_submissions(act, [HandedIn(filing, draft.content, key, reason.strip(), act.at)])
    return made


def _require_sound(filing: Filing, filled: Filled, content: Content, reason: str) -> None:
    found = judging.problems(filled)
    if filing.number and not reason.strip():
        message = _("Báo cáo đã nộp trước đây: cần ghi lý do sửa.")
        found.append(Problem("no_reason", message, _("Ghi lý do."), column="reason"))
    if len(reason) > LONGEST_REASON:
        message = _("Lý do dài quá %(limit)s ký tự.") % {"limit": LONGEST_REASON}
        found.append(Problem("too_long", message, _("Rút gọn lại."), column="reason"))
    if filing.state == Filing.State.SUBMITTED and filing.current and filing.current.digest == content.digest:
        message = _("Báo cáo không khác lần nộp trước.")
        found.append(Problem("no_change", message, _("Sửa số liệu trước khi nộp lại."), column="reason"))
    if found:
        raise Rejected(found[:MOST_PROBLEMS])


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One report ready to be written: checked, its filing held. `reason` for all but the first."""

    filing: Filing
    content: Content
    key: str
    reason: str
    at: datetime


def write_submissions(act: Act, handed_in: Sequence[HandedIn]) -> list[Submission]:
    """Write checked reports with figures and receipts, and what follows for their filings; within the caller's act.

    One report or a thousand: the same code. Rights, checks and locks are the caller's.
    """
    made = [_record(act, one) for one in handed_in]
    Submission.objects.bulk_create(made, batch_size=200)
    figures.write((submission, one.content) for submission, one in zip(made, handed_in, strict=True))
    moved = []
    for submission, one in zip(made, handed_in, strict=True):
        filing = one.filing
        if filing.submitted_at is None:
            filing.submitted_at = one.at
            filing.late = due.is_late(filing.due_before, one.at)
        filing.state, filing.nil, filing.number = Filing.State.SUBMITTED, submission.nil, submission.number
        filing.last_submitted_at, filing.current = one.at, submission
        filing.asked_at, filing.asked_reason = None, ""
        filing.version += 1
        moved.append(filing)
    Filing.objects.bulk_update(
        moved,
        ["submitted_at", "late", "state", "nil", "number", "last_submitted_at", "current", "asked_at", "asked_reason",
         "version"],
        batch_size=500,
    )  # fmt: skip
    DraftEntry.objects.filter(filing__in=[filing.pk for filing in moved]).delete()
    for filing in moved:
        following.tell(act, filing)
    return made


def _record(act: Act, one: HandedIn) -> Submission:
    told = one.content.to_json()
    return Submission(
        filing=one.filing,
        number=one.filing.number + 1,
        key=one.key,
        submitted_at=one.at,
        submitted_by_id=act.actor.user_id,
        by_name=act.actor.name[:200],
        channel=act.channel.value,
        reason=one.reason if one.filing.number else "",
        nil=one.content.nil,
        receipt=receipts.new_code(),
        digest=one.content.digest,
        content=told,
        departures=len(one.content.departures),
        explained=len(one.content.explanations),
    )
