"""Sending a consolidated paper on, and recording what became of each point."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from atvsld.casework.proposals.actions.held import hold, mark, sources_of
from atvsld.casework.proposals.models import ConsolidatedItem, ConsolidatedPaper, Outcome, Stage
from atvsld.casework.proposals.policy import CONSOLIDATE
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Rejected, action


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the addressee answered to a point."""

    outcome: str
    on: date
    reply: str = ""
    text: str = ""


@action(needs=CONSOLIDATE, records="proposals:consolidated_paper:sent")
def send_paper(act: Act, *, paper: ConsolidatedPaper, version: int, number: str, on: date) -> ConsolidatedPaper:
    """Record that the paper went out under a number on a day. Its points cannot be changed afterwards."""
    hold(act, paper, version, state=ConsolidatedPaper.State.DRAFT)
    problems = []
    if not number.strip():
        message = _("Chưa ghi số văn bản gửi.")
        problems.append(
            Problem("number", message, _("Ban hành văn bản để lấy số, hoặc ghi số đã có."), column="number")
        )
    if on > act.day:
        problems.append(Problem("on", _("Ngày gửi còn ở tương lai."), column="on"))
    if on < paper.begun_on:
        problems.append(Problem("on", _("Ngày gửi trước ngày bắt đầu tổng hợp."), column="on"))
    if not paper.items.exists():
        message = _("Văn bản tổng hợp chưa có điểm nào.")
        problems.append(Problem("empty", message, _("Đưa kiến nghị, ý kiến vào trước khi gửi.")))
    if problems:
        raise Rejected(problems)
    paper.state, paper.number, paper.sent_on = ConsolidatedPaper.State.SENT, number.strip(), on
    paper.save(update_fields=["state", "number", "sent_on"])
    mark(sources_of(paper), stage=Stage.SENT, sent=True)
    return paper


@action(needs=CONSOLIDATE, records="proposals:consolidated_paper:answered")
def record_outcome(act: Act, *, item: ConsolidatedItem, version: int, stated: Answer) -> ConsolidatedItem:
    """Record the answer to a point; every author sees it at the own proposal. A later answer replaces it."""
    paper = item.paper
    hold(act, paper, version, state=ConsolidatedPaper.State.SENT)
    problems = []
    if stated.outcome not in Outcome.values:
        problems.append(Problem("outcome", _("Chưa chọn kết quả."), column="outcome"))
    if paper.sent_on is not None and stated.on < paper.sent_on:
        problems.append(Problem("on", _("Ngày trả lời trước ngày gửi."), column="on"))
    if stated.on > act.day:
        problems.append(Problem("on", _("Ngày trả lời còn ở tương lai."), column="on"))
    if stated.outcome != Outcome.CONSIDERING and not stated.reply.strip():
        message = _("Chưa ghi văn bản trả lời (số, ngày, cơ quan).")
        problems.append(Problem("reply", message, column="reply"))
    if problems:
        raise Rejected(problems)
    item.outcome, item.outcome_on = stated.outcome, stated.on
    item.reply, item.reply_text = stated.reply.strip(), stated.text.strip()
    item.save(update_fields=["outcome", "outcome_on", "reply", "reply_text"])
    answered = stated.outcome != Outcome.CONSIDERING
    stage = Stage.ANSWERED if answered else Stage.SENT
    mark(list(item.sources.all()), stage=stage, outcome=stated.outcome)
    return item
