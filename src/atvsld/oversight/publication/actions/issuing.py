"""Making a notice public: numbered as a paper, its content frozen, the edition before marked as replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.ids import new_ulid
from atvsld.kit.outcome import Problem
from atvsld.oversight.publication.actions.drafting import lock, moved_on
from atvsld.oversight.publication.computing import printed
from atvsld.oversight.publication.models import Notice
from atvsld.oversight.publication.policy import CHANGE, NOTICES
from atvsld.oversight.publication.source import CONTEXT, KIND
from atvsld.platform.acts import Act, Rejected, action
from atvsld.platform.papers import facade as papers


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs the paper; an empty title takes the usual one of the body."""

    name: str
    title: str = ""


@action(needs=CHANGE, records="publication:notice:issued")
def issue_notice(act: Act, *, notice: Notice, version: int, on: date, signer: Signer) -> Notice:
    """Publish a draft under a number on a day: what the officer saw is what goes out.

    Issuing again after a lost answer returns the issued notice. `Conflict` when the draft changed; `Rejected` when
    another edition went out since its figures were computed (small counts were not protected beside it), or the day
    is not one between the end of the period and today.
    """
    NOTICES.require(act.actor, CHANGE, notice)
    lock(notice.place_code)
    held = Notice.objects.select_for_update().get(pk=notice.pk)
    if held.state == Notice.State.ISSUED and held.version == version + 1:
        return held
    if held.state != Notice.State.DRAFT or held.version != version:
        raise moved_on()
    _require_sound(act, held, on, signer)
    before = Notice.objects.filter(place_code=held.place_code, period=held.period, state=Notice.State.ISSUED)
    before.update(state=Notice.State.REVISED, version=F("version") + 1)
    held.state, held.issued_at, held.issued_on, held.issued_by_id = Notice.State.ISSUED, act.at, on, act.actor.user_id
    held.version += 1
    held.save()
    paper = papers.draft(act, key=new_ulid(), kind=KIND, subject=held.public_id, fields={})
    head = papers.Head(
        issuer_name=paper.issuer_name, issuer_parent=paper.issuer_parent, place_name=paper.place_name,
        symbol=paper.symbol, signer_title=signer.title.strip() or paper.signer_title, signer_name=signer.name,
    )  # fmt: skip
    paper = papers.edit(act, paper=paper, version=paper.version, fields={}, head=head)
    papers.issue(act, paper=paper, version=paper.version, on=on)
    return held


def paper_of(notice: Notice) -> papers.Paper | None:
    """The numbered paper of an issued notice."""
    return papers.issued(CONTEXT, notice.public_id, KIND)


def _require_sound(act: Act, notice: Notice, on: date, signer: Signer) -> None:
    problems = []
    if printed(notice.place_code).mark != notice.based_on:
        problems.append(
            Problem(
                "figures_stale",
                _("Một thông báo khác đã được công bố sau khi số liệu này được tính."),
                _("Bấm “Tính lại số liệu” rồi công bố, để bảo vệ số đếm nhỏ giữa các lần công bố."),
            )
        )
    if not signer.name.strip():
        problems.append(Problem("signer_missing", _("Chưa ghi họ tên người ký."), column="signer_name"))
    if not notice.span.end < on <= act.day:
        problems.append(
            Problem("bad_day", _("Ngày công bố phải sau khi hết kỳ và không ở sau hôm nay."), column="issued_on")
        )
    if problems:
        raise Rejected(problems)
