"""Chasing silent reporters: a round of numbered letters is begun by a person and written by a job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from atvsld.documents.render import render_many
from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.law.reporting_duties import Term
from atvsld.oversight.obligations import letters
from atvsld.oversight.obligations.actions.opening import known_term
from atvsld.oversight.obligations.house import Step, house
from atvsld.oversight.obligations.issuer import seat
from atvsld.oversight.obligations.models import ReminderBatch, ReminderLetter
from atvsld.oversight.obligations.models.reporter import COLUMNS
from atvsld.oversight.obligations.policy import BATCHES, CHASE, reach
from atvsld.oversight.obligations.statement import Scope, Statement, rows
from atvsld.platform.access.actor import system_actor
from atvsld.platform.acts import Act, Channel, Conflict, Rejected, action, clock
from atvsld.platform.files import facade as files
from atvsld.platform.outbox import facade as outbox
from atvsld.platform.papers import facade as papers
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.offices.models import Office
from atvsld.registers.places import tree

PORTION = 50
# One file for the printer must stay below what a kept file may weigh.
MOST = 1_500
State = ReminderBatch.State


def reporters_to_chase(term: Term, step: Step, scope: Scope, *, today: date) -> list[dict[str, Any]]:
    """Those silent today to whom this rung of the ladder may be taken now, with what a letter says of them."""
    if term.last_ok is None or today < term.last_ok + timedelta(days=step.after_days):
        return []
    statement = Statement(
        term, today, scope, columns=("r.name", "r.place_id", *_ADDRESSED[term.duty.reporter.register])
    )
    column = COLUMNS[term.duty.reporter.register]
    held = ReminderLetter.objects.filter(report=term.duty.id, period=term.period.code)
    taken = set(held.filter(step=step.id).values_list(f"{column}_id", flat=True))
    below = house().below(step)
    earlier: dict[int, ReminderLetter] | None = None
    if below is not None:
        earlier = {getattr(one, f"{column}_id"): one for one in held.filter(step=below.id)}
    graph = tree.current()
    found = []
    for row in rows(*statement.build()):
        if not row["owes"] or row["state"] != "silent" or row["id"] in taken:
            continue
        if earlier is not None and row["id"] not in earlier:
            continue
        node = graph.nodes.get(row["place_id"])
        row["place"] = node.name if node else ""
        if earlier is not None:
            before = earlier[row["id"]]
            row["earlier"] = f"số {before} ngày {before.issued_on:%d/%m/%Y}"
        found.append(row)
    return sorted(found, key=lambda row: (row["place"], row["name"], row["id"]))


# Twelve digits are the owner's own identity number: they do not belong into letters and lists.
_ADDRESSED = {
    "establishments": ("r.address", "CASE WHEN length(r.tax_code) = 12 THEN '' ELSE r.tax_code END AS code"),
    "bodies": ("'' AS address", "r.code AS code"),
    "providers": ("r.address", "coalesce(r.tax_code, '') AS code"),
}


@action(needs=CHASE, records="obligations:reminder_batch:begun")
def begin(
    act: Act,
    *,
    key: str,
    report: str,
    period: str,
    step: str,
    ids: Sequence[int] | None = None,
    body: str = "",
    signer_title: str = "",
    signer_name: str = "",
    emails: bool = True,
) -> ReminderBatch:
    """Begin a round of letters to those who are silent (`ids` narrows), and hand it to the worker.

    `key` is a ULID made by the sender: sent twice, it begins one round. `Rejected` when the report, period or step does
    not exist, when nobody may be written to at this step now, for too many at once, or without a signer.
    """
    if not is_ulid(key):
        raise _rejected("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang rồi làm lại."))
    _one_at_a_time(key)
    if held := ReminderBatch.objects.filter(public_id=key).first():
        if (held.report, held.period, held.step) != (report, period, step):
            raise Conflict(_("Mã phiếu này đã dùng cho đợt đôn đốc khác. Mở lại trang rồi làm lại."))
        return held
    term, rung = known_term(report, period), _step(step)
    if term is None or rung is None:
        raise _rejected("unknown_report", _("Không có báo cáo, kỳ hoặc bước đôn đốc này."), _("Mở lại trang."))
    register = term.duty.reporter.register
    scope = Scope(ids=reach(act.actor, CHASE, register), only=ids)
    chosen = reporters_to_chase(term, rung, scope, today=act.day)
    if not chosen:
        raise _rejected(
            "nobody",
            _("Hiện không có đơn vị nào để đôn đốc ở bước này."),
            _("Đơn vị đã nộp, đã được gửi ở bước này, chưa qua bước trước, hoặc chưa tới ngày được gửi."),
        )
    if len(chosen) > MOST:
        message = _("Có %(count)s đơn vị, một đợt viết nhiều nhất %(most)s.") % {"count": len(chosen), "most": MOST}
        raise _rejected("too_many", message, _("Lọc theo địa bàn, ngành hoặc quy mô rồi làm từng phần."))
    if not signer_name.strip():
        message, remedy = _("Chưa ghi họ tên người ký."), _("Ghi họ tên người ký các công văn.")
        raise Rejected([Problem("signer_missing", message, remedy, column="signer_name")])
    office = seat(act.day)
    batch = ReminderBatch(
        public_id=key, report=report, period=period, step=step, place_id=office.place_id,
        chosen=[row["id"] for row in chosen], register=register, issued_on=act.day,
        body_text=(body.strip() or rung.body).replace("\r\n", "\n"), issuer_key=office.key,
        issuer_name=office.name[:250],
        issuer_parent=office.parent[:250], place_name=office.place_name[:120],
        symbol=_symbol(rung, office.symbol)[:80], signer_title=signer_title.strip()[:300] or "Giám đốc",
        signer_name=signer_name.strip()[:200], emails=emails, created_at=act.at, created_by_id=act.actor.user_id,
        by_name=act.actor.name[:200],
    )  # fmt: skip
    BATCHES.require(act.actor, CHASE, batch)
    batch.save(force_insert=True)
    _hand_to_worker(batch)
    return batch


@action(needs=CHASE, records="obligations:reminder_batch:begun")
def go_on(act: Act, *, batch: ReminderBatch) -> None:
    """Hand a round to the worker again, as after a fault that was mended. Nothing when it is done."""
    BATCHES.require(act.actor, CHASE, batch)
    if batch.state != State.DONE:
        _hand_to_worker(batch)


def write(batch_id: int, *, at: datetime) -> None:
    """Write what a round still lacks, then its files. Killed at any point, the next call goes on; done, it is nothing.

    Whoever handed the report in meanwhile gets no letter.
    """
    batch = ReminderBatch.objects.select_related("created_by").filter(pk=batch_id).exclude(state=State.DONE).first()
    term = known_term(batch.report, batch.period) if batch else None
    if batch is None or term is None:
        return
    act = _act(batch, at)
    for start in range(0, len(batch.chosen), PORTION):
        _write_portion(act, batch_id=batch_id, term=term, ids=batch.chosen[start : start + PORTION])
    _finish(act, batch_id=batch_id, term=term)


@action(needs=CHASE, records="obligations:reminder_batch:written")
def _write_portion(act: Act, *, batch_id: int, term: Term, ids: Sequence[int]) -> None:
    """The letters of one portion, each with its number and its messages, in one transaction."""
    batch = ReminderBatch.objects.select_for_update().get(pk=batch_id)
    BATCHES.require(act.actor, CHASE, batch)
    if batch.state == State.DONE:
        return
    if batch.state == State.WAITING:
        batch.state = State.WRITING
        batch.save(update_fields=["state"])
    rung = house().step(batch.step)
    column = COLUMNS[batch.register]
    for row in reporters_to_chase(term, rung, Scope(only=ids), today=act.day):
        one = ReminderLetter(
            batch=batch, report=batch.report, period=batch.period, step=batch.step, symbol=batch.symbol,
            issued_on=batch.issued_on, facts=letters.facts_of(row), written_at=act.at, number=_number(batch, rung),
            **{f"{column}_id": row["id"]},
        )  # fmt: skip
        if batch.emails and rung.kind == "letter":
            one.told = _tell(batch, one, term, row["id"], act)
        one.save(force_insert=True)


@action(needs=CHASE, records="obligations:reminder_batch:written")
def _finish(act: Act, *, batch_id: int, term: Term) -> None:
    """All letters of the round in one Word and one PDF file."""
    batch = ReminderBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state == State.DONE:
        return
    written = list(batch.letters.order_by("number", "pk"))
    if written:
        papers_made = letters.documents(batch, written, term)
        name = f"don-doc-{batch.report.lower().replace('_', '-')}-{batch.period}-{batch.issued_on:%Y%m%d}"
        for ending in ("docx", "pdf"):
            kept = files.keep(
                act, name=f"{name}.{ending}", content=render_many(papers_made, ending),
                purpose=f"obligations:reminders:{batch.public_id}", kinds=files.PAPERS,
            )  # fmt: skip
            setattr(batch, "word" if ending == "docx" else "pdf", kept)
    batch.state, batch.finished_at = State.DONE, act.at
    batch.save()


def _number(batch: ReminderBatch, step: Step) -> int:
    """The next number of the issuer's letters; a proposal has one number for all it lists."""
    if step.kind == "proposal":
        held = batch.letters.order_by("pk").values_list("number", flat=True).first()
        if held is not None:
            return held
    series = "TTr" if step.kind == "proposal" else "letter"
    return papers.next_number(batch.issuer_key, series, batch.issued_on.year)


def _tell(batch: ReminderBatch, one: ReminderLetter, term: Term, pk: int, act: Act) -> int:
    """A message to everybody holding an office of the reporter; how many."""
    if batch.register == "providers":
        return 0
    bound = {"establishments": "establishment_id", "bodies": "body_id"}[batch.register]
    people = list(
        Office.objects.filter(in_force(act.day), user__is_active=True, **{bound: pk})
        .order_by("user_id").values_list("user_id", flat=True).distinct()
    )  # fmt: skip
    given = letters.values(term, house().step(batch.step), today=batch.issued_on, reporter=one.facts["name"],
                           earlier=one.facts["earlier"])  # fmt: skip
    subject = _("Đôn đốc nộp báo cáo: %(report)s, kỳ %(period)s") % {
        "report": letters.report_name(term), "period": term.period.label_vi,
    }  # fmt: skip
    body = _("Công văn số %(number)s ngày %(day)s.") % {"number": one, "day": f"{batch.issued_on:%d/%m/%Y}"}
    for user_id in people:
        outbox.post(
            key=f"obligations:reminder:{batch.report}:{batch.period}:{batch.step}:{COLUMNS[batch.register]}:{pk}:{user_id}",
            user_id=user_id,
            subject=subject,
            body=f"{body}\n\n{letters.filled(batch.body_text, given)}",
            url=reverse("obligations:mine"),
            at=act.at,
        )
    return len(people)


def _act(batch: ReminderBatch, at: datetime) -> Act:
    """The act of the person who began the round, with the rights of this moment; the command line's own otherwise."""
    reason = _("Đợt đôn đốc %(key)s") % {"key": batch.public_id}
    if batch.created_by_id is None:
        return Act(system_actor(batch.by_name, [CHASE]), Channel.JOB, at=at, reason=reason)
    user = get_user_model().objects.get(pk=batch.created_by_id)
    return Act(import_string(settings.ACTOR_FOR)(user, clock.local_day(at)), Channel.JOB, at=at, reason=reason)


def _hand_to_worker(batch: ReminderBatch) -> None:
    from atvsld.oversight.obligations import jobs

    jobs.remind.defer(batch_id=batch.pk)


def _step(step_id: str) -> Step | None:
    return next((step for step in house().steps if step.id == step_id), None)


def _symbol(step: Step, office: str) -> str:
    return "-".join(filter(None, ("TTr" if step.kind == "proposal" else "", office)))


def _rejected(code: str, message: str, remedy: str) -> Rejected:
    return Rejected([Problem(code, message, remedy)])


def _one_at_a_time(key: str) -> None:
    """A double click waits for the first; the lock ends with the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"reminders:{key}"])
