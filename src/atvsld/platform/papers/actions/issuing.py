"""Issuing a paper under its number, keeping its files, cancelling it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from atvsld.documents.fonts_folder import FontsMissing
from atvsld.documents.model import Document
from atvsld.documents.render import render
from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.platform.acts import Act, Conflict, Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.papers import official
from atvsld.platform.papers.actions.guard import Desk, as_act, desk_of, locked, rejected
from atvsld.platform.papers.composing import address, compose, lacks_signer, stated, template_values
from atvsld.platform.papers.models import Paper, PaperCounter, PaperFile
from atvsld.platform.papers.registry import kind_of

State, Role = Paper.State, PaperFile.Role
# Read aloud and typed from paper: no letter that is taken for another, no vowels that make words.
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Handed:
    """A file somebody hands in: its name and content."""

    name: str
    content: bytes


def issue(act: Act, *, paper: Paper, version: int, on: date, edited: Handed | None = None) -> Paper:
    """Give the paper its number and day, render it and keep the files by hash.

    `edited` is the paper as it was changed in Word before signing: it is kept instead of what the system would make.
    Issuing again after a lost answer returns the issued paper. `Conflict` when the draft changed since `version`;
    `Rejected` when required fields are empty, nobody is named to sign, or the day lies ahead.
    """
    return as_act(act, paper.context, "papers:paper:issued", lambda: _issue(act, paper, version, on, edited))


def attach(act: Act, *, paper: Paper, role: str, handed: Handed) -> PaperFile:
    """Add the signed scan, or the text as changed in Word, to an issued paper; the same file again adds nothing."""
    return as_act(act, paper.context, "papers:paper:attached", lambda: _attach(act, paper, role, handed))


def cancel(act: Act, *, paper: Paper, version: int) -> Paper:
    """Cancel a draft or an issued paper, with `act.reason`. A number once given stays given."""
    return as_act(act, paper.context, "papers:paper:cancelled", lambda: _cancel(act, paper, version))


def _issue(act: Act, paper: Paper, version: int, on: date, edited: Handed | None) -> Paper:
    place = desk_of(act, paper)
    now = Paper.objects.select_for_update().get(pk=paper.pk)
    if now.state == State.ISSUED and now.version == version + 1:
        return now
    held = locked(paper, version, State.DRAFT)
    material = place.source.material(act, place.kind, place.record, held.part)
    _require_complete(place, held, place.kind.build(material, stated(held)), on=on, today=act.day)
    held.issued_on, held.year, held.issued_by_id = on, on.year, act.actor.user_id
    held.number = next_number(held.issuer_key, held.series, on.year)
    held.code = "".join(secrets.choice(_LETTERS) for _letter in range(_CODE_LENGTH))
    held.state = State.ISSUED
    held.version += 1
    made, provisional = _made(place, held, material, on)
    held.provisional = provisional
    held.save()
    if edited is not None:
        made = {Role.DATA: made[Role.DATA], Role.EDITED: edited}
    for role, handed in made.items():
        _keep(act, held, role, handed)
    return held


def _attach(act: Act, paper: Paper, role: str, handed: Handed) -> PaperFile:
    desk_of(act, paper)
    held = Paper.objects.select_for_update().get(pk=paper.pk)
    if held.state != State.ISSUED:
        raise Conflict(_("Chỉ đính được tệp vào văn bản đã ban hành."))
    if role not in {Role.SIGNED, Role.EDITED}:
        raise rejected("bad_role", _("Không có loại tệp này."), column="role")
    return _keep(act, held, role, handed)


def _cancel(act: Act, paper: Paper, version: int) -> Paper:
    desk_of(act, paper)
    if not act.reason.strip():
        raise rejected("reason_missing", _("Chưa ghi lý do hủy."), column="reason")
    held = locked(paper, version, State.DRAFT, State.ISSUED)
    held.state, held.cancelled_why = State.CANCELLED, act.reason.strip()[:300]
    held.version += 1
    held.save()
    return held


def next_number(issuer_key: str, series: str, year: int) -> int:
    """The next number of an issuer in a series and year. Given within the caller's transaction: undone with it."""
    counter, _made_now = PaperCounter.objects.get_or_create(issuer_key=issuer_key, series=series, year=year)
    counter = PaperCounter.objects.select_for_update().get(pk=counter.pk)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _require_complete(place: Desk, paper: Paper, built: Document, *, on: date, today: date) -> None:
    written = paper.fields
    problems = [
        Problem("field_missing", _("Chưa ghi “%(label)s”.") % {"label": field.label}, column=field.name)
        for field in place.kind.fields
        if field.required and not written.get(field.name)
    ]
    if lacks_signer(built, paper):
        remedy = _("Sửa dự thảo, ghi họ tên người ký ở phần Đầu và cuối văn bản.")
        problems.append(Problem("signer_missing", _("Văn bản chưa ghi họ tên người ký."), remedy))
    if on > today:
        problems.append(Problem("day_ahead", _("Ngày ban hành ở sau hôm nay."), column="issued_on"))
    if problems:
        raise Rejected(problems)


def _made(place: Desk, paper: Paper, material: Any, on: date) -> tuple[dict[str, Handed], bool]:
    """The files of the paper being issued: data always; Word from the official form when there is one, else ours."""
    composed = compose(paper, place.kind, material, on=on)
    name = file_name(paper)
    made: dict[str, Handed] = {Role.DATA: Handed(f"{name}.json", render(composed.document, "json"))}
    if composed.template is not None:
        form = files.open_bytes(composed.template.file)
        filled = official.fill(form, template_values(paper, place.kind, material), link=address(paper))
        made[Role.WORD] = Handed(f"{name}.docx", filled)
        return made, composed.provisional
    made[Role.WORD] = Handed(f"{name}.docx", render(composed.document, "docx"))
    try:
        made[Role.PDF] = Handed(f"{name}.pdf", render(composed.document, "pdf"))
    except FontsMissing as missing:
        told = _("Máy chủ chưa có phông chữ để in PDF; báo người quản trị.")
        raise rejected("fonts_missing", told) from missing
    return made, composed.provisional


def file_name(paper: Paper) -> str:
    """A name without personal data: kind and number, or the draft's id; Vietnamese without marks."""
    with translation.override("vi"):
        words = re.findall(r"[a-z0-9]+", fold(kind_of(paper.kind).label))
    number = f"{paper.number:02d}-{paper.year}" if paper.number else f"du-thao-{paper.public_id[-6:].lower()}"
    return f"{'-'.join(words)[:60].strip('-')}-{number}"


def _keep(act: Act, paper: Paper, role: str, handed: Handed) -> PaperFile:
    allowed = {Role.DATA: ("json",), Role.SIGNED: ("pdf", "jpg", "png")}.get(Role(role), files.PAPERS)
    kept = files.keep(act, name=handed.name, content=handed.content, purpose=f"papers:{paper.public_id}", kinds=allowed)
    made, _now = PaperFile.objects.get_or_create(
        paper=paper, role=role, file=kept, defaults={"added_at": act.at, "added_by_id": act.actor.user_id}
    )
    return made
