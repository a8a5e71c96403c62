"""Bringing proposals or opinions together: into points, merged, reworded, taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from atvsld.casework.proposals.actions.held import hold, mark, sources_of
from atvsld.casework.proposals.merging import Said, suggested
from atvsld.casework.proposals.models import (
    ConsolidatedItem,
    ConsolidatedPaper,
    ConsolidatedSource,
    DraftConsultation,
    Opinion,
    PolicyProposal,
    Stage,
)
from atvsld.casework.proposals.policy import CONSOLIDATE, GATHERED, PAPERS
from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.bodies.models import Body

DRAFT = ConsolidatedPaper.State.DRAFT
Gathered = PolicyProposal | Opinion


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A point as agreed."""

    subject: str
    wording: str
    defect: str = ""


@action(needs=CONSOLIDATE, records="proposals:consolidated_paper:started")
def start_paper(
    act: Act, *, key: str, body: Body, title: str, addressed_to: str, consultation: DraftConsultation | None = None
) -> ConsolidatedPaper:
    """Begin a consolidated paper of a body. A `key` seen before gives the same paper."""
    if not is_ulid(key):
        raise Rejected([Problem("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang."))])
    record = ConsolidatedPaper(
        public_id=key, body=body, place_id=body.place_id, consultation=consultation, begun_on=act.day,
        title=" ".join(title.split()), addressed_to=addressed_to.strip(),
    )  # fmt: skip
    PAPERS.require(act.actor, CONSOLIDATE, record)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"consolidated:{key}"])
    if earlier := ConsolidatedPaper.objects.filter(public_id=key).first():
        PAPERS.require(act.actor, CONSOLIDATE, earlier)
        return earlier
    problems = []
    if not record.title:
        problems.append(Problem("title", _("Chưa ghi tên văn bản tổng hợp."), column="title"))
    if not record.addressed_to:
        problems.append(Problem("addressed_to", _("Chưa ghi nơi nhận kiến nghị."), column="addressed_to"))
    if problems:
        raise Rejected(problems)
    record.save(force_insert=True)
    return record


@action(needs=CONSOLIDATE, records="proposals:consolidated_paper:gathered")
def gather(act: Act, *, paper: ConsolidatedPaper, version: int, records: Sequence[Gathered]) -> list[ConsolidatedItem]:
    """Take proposals, or opinions on the paper's draft, into it: those that say the same become one point.

    `Conflict` when one of them was taken into a paper or withdrawn meanwhile; nothing is taken then.
    """
    hold(act, paper, version, state=DRAFT)
    if not records:
        raise Rejected([Problem("nothing", _("Chưa chọn kiến nghị, ý kiến nào."), _("Đánh dấu ít nhất một dòng."))])
    kind = Opinion if paper.consultation_id else PolicyProposal
    fresh = {one.pk: one for one in _locked(kind, [one.pk for one in records])}
    for one in records:
        GATHERED.require(act.actor, CONSOLIDATE, one)
        held = fresh.get(one.pk)
        alien = not isinstance(one, kind) or (isinstance(one, Opinion) and one.consultation_id != paper.consultation_id)
        if alien:
            raise Rejected(
                [Problem("alien", _("Chỉ tổng hợp kiến nghị với kiến nghị, ý kiến với ý kiến cùng dự thảo."))]
            )
        if held is None or held.withdrawn_at is not None or held.stage != Stage.COLLECTED:
            message = _("“%(title)s” vừa được bỏ hoặc đưa vào văn bản khác. Mở lại trang để chọn lại.")
            raise Conflict(message % {"title": one.title})
    said = [_said(one) for one in fresh.values()]
    last = paper.items.aggregate(last=Max("place_in"))["last"] or 0
    items = []
    try:
        with transaction.atomic():
            for place, keys in enumerate(suggested(said), start=last + 1):
                items.append(_point(paper, place, [fresh[key] for key in keys]))  # type: ignore[index]
    except IntegrityError as error:
        raise Conflict(_("Có kiến nghị vừa được đưa vào văn bản khác. Mở lại trang để chọn lại.")) from error
    mark(list(ConsolidatedSource.objects.filter(item__in=items)), stage=Stage.GATHERED)
    return items


@action(needs=CONSOLIDATE, records="proposals:consolidated_paper:changed")
def change_item(act: Act, *, item: ConsolidatedItem, version: int, stated: Wording) -> ConsolidatedItem:
    """Agree on the wording of a point."""
    hold(act, item.paper, version, state=DRAFT)
    problems = []
    if not stated.subject.strip():
        problems.append(Problem("subject", _("Chưa ghi văn bản, điều khoản."), column="subject"))
    if not stated.wording.strip():
        problems.append(Problem("wording", _("Chưa ghi nội dung kiến nghị thống nhất."), column="wording"))
    if problems:
        raise Rejected(problems)
    item.subject, item.wording, item.defect = stated.subject.strip(), stated.wording.strip(), stated.defect.strip()
    item.save(update_fields=["subject", "wording", "defect"])
    return item


@action(needs=CONSOLIDATE, records="proposals:consolidated_paper:merged")
def merge_items(
    act: Act, *, paper: ConsolidatedPaper, version: int, items: Sequence[ConsolidatedItem]
) -> ConsolidatedItem:
    """Make one point of several: the first keeps its wording, the others' sources go under it."""
    hold(act, paper, version, state=DRAFT)
    held = list(ConsolidatedItem.objects.filter(paper=paper, pk__in=[one.pk for one in items]))
    if len(held) < 2:
        raise Rejected([Problem("few", _("Cần chọn ít nhất hai điểm để gộp."), _("Đánh dấu các điểm nói cùng việc."))])
    first, *others = held
    ConsolidatedSource.objects.filter(item__in=others).update(item=first)
    ConsolidatedItem.objects.filter(pk__in=[one.pk for one in others]).delete()
    return first


@action(needs=CONSOLIDATE, records="proposals:consolidated_paper:released")
def release(act: Act, *, source: ConsolidatedSource, version: int) -> None:
    """Take a proposal or an opinion out of the paper again; a point without any goes."""
    paper, item = source.item.paper, source.item
    hold(act, paper, version, state=DRAFT)
    mark([source], stage=Stage.COLLECTED)
    source.delete()
    if not item.sources.exists():
        item.delete()


@action(needs=CONSOLIDATE, records="proposals:consolidated_paper:dropped")
def drop_paper(act: Act, *, paper: ConsolidatedPaper, version: int) -> ConsolidatedPaper:
    """Give the paper up: all it held is free again."""
    hold(act, paper, version, state=DRAFT)
    held = sources_of(paper)
    mark(held, stage=Stage.COLLECTED)
    ConsolidatedItem.objects.filter(paper=paper).delete()
    paper.state = ConsolidatedPaper.State.DROPPED
    paper.save(update_fields=["state"])
    return paper


def _locked(kind: type[Gathered], keys: list[int]) -> list[Gathered]:
    """The records as they stand, in the order they came, held until the act is done."""
    day = "given_on" if kind is Opinion else "submitted_on"
    found = kind._default_manager.select_for_update().filter(pk__in=keys).order_by(day, "pk")  # noqa: SLF001
    return list(found)


def _said(one: Gathered) -> Said:
    if isinstance(one, Opinion):
        return Said(one.pk, one.title, one.article, one.text)
    return Said(one.pk, one.instrument or one.other_text, one.article, one.proposal)


def _point(paper: ConsolidatedPaper, place: int, records: Sequence[Gathered]) -> ConsolidatedItem:
    first = records[0]
    if isinstance(first, Opinion):
        subject = first.article or _("Góp ý chung")
        wording, defect = first.text or str(first.get_stance_display()), ""
    else:
        subject, wording, defect = first.text_concerned, first.proposal, first.defect
    item = ConsolidatedItem.objects.create(paper=paper, place_in=place, subject=subject, wording=wording, defect=defect)
    for one in records:
        source = ConsolidatedSource(item=item)
        if isinstance(one, Opinion):
            source.opinion = one
        else:
            source.proposal = one
        source.save(force_insert=True)
    return item
