"""Drafting and editing a paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected
from atvsld.platform.papers.actions.guard import Desk, as_act, desk, desk_of, locked, rejected
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.registry import PaperKind, kind_of

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Head:
    """The head and foot of a paper as people edit them."""

    issuer_name: str
    issuer_parent: str = ""
    place_name: str = ""
    symbol: str = ""
    signer_title: str = ""
    signer_name: str = ""


def draft(
    act: Act, *, key: str, kind: str, subject: str, part: str = "", fields: Mapping[str, str] | None = None
) -> Paper:
    """Begin a paper about a record, filled with what the record says; `fields` beats that. `part`: which of several.

    `key` is a ULID made by the sender: it becomes the public id, so a double click gives one draft. `Refused` when
    the actor may not issue the kind for the record; `Rejected` for unknown fields.
    """
    stated = kind_of(kind)
    return as_act(
        act, stated.context, "papers:paper:drafted", lambda: _draft(act, key, stated, (subject, part), fields or {})
    )


def edit(act: Act, *, paper: Paper, version: int, fields: Mapping[str, str], head: Head) -> Paper:
    """Replace what people wrote in a draft. `version` is the one the editor saw: `Conflict` when it is not current."""
    return as_act(act, paper.context, "papers:paper:edited", lambda: _edit(act, paper, version, fields, head))


def _draft(act: Act, key: str, kind: PaperKind, about: tuple[str, str], fields: Mapping[str, str]) -> Paper:
    subject, part = about
    place = desk(act, kind, subject)
    if not is_ulid(key):
        raise rejected("bad_key", _("Mã phiếu “%(key)s” không đúng dạng.") % {"key": key}, _("Mở lại hồ sơ."))
    _one_at_a_time(key)
    if held := Paper.objects.filter(public_id=key).first():
        if (held.kind, held.subject, held.part) != (kind.code, subject, part):
            raise Conflict(_("Mã phiếu này đã dùng cho văn bản khác. Mở lại hồ sơ rồi soạn lại."))
        return held
    paper = sketched(act, place, subject, part, fields)
    paper.public_id = key
    paper.save(force_insert=True)
    return paper


def sketched(act: Act, place: Desk, subject: str, part: str, fields: Mapping[str, str]) -> Paper:
    """A paper as it would begin, not saved: `Rejected` when the record does not offer it now."""
    kind = place.kind
    if part not in {one.part for one in place.source.offered(act.actor, place.record) if one.kind is kind}:
        message = _("Hồ sơ hiện chưa soạn được loại văn bản này.")
        raise rejected("not_offered", message, _("Mở lại hồ sơ để xem văn bản nào soạn được."))
    home, issuer = place.source.home(place.record), place.source.issuer(act, kind, place.record)
    known = place.source.prefill(kind, place.source.material(act, kind, place.record, part), act.day)
    paper = Paper(
        kind=kind.code, context=kind.context, subject=subject, part=part, place_id=home.place_id,
        establishment_id=home.establishment_id, issuer_key=issuer.key, issuer_name=issuer.name[:250],
        issuer_parent=issuer.parent[:250], place_name=issuer.place[:120], series=kind.series, symbol=issuer.symbol[:80],
        signer_title=issuer.signer_title[:300], signer_name=issuer.signer_name[:200],
        created_at=act.at, created_by_id=act.actor.user_id,
    )  # fmt: skip
    allowed = {field.name for field in kind.fields}
    paper.write_fields(_sound(kind, {**{name: text for name, text in known.items() if name in allowed}, **fields}))
    return paper


def _edit(act: Act, paper: Paper, version: int, fields: Mapping[str, str], head: Head) -> Paper:
    place = desk_of(act, paper)
    held = locked(paper, version, Paper.State.DRAFT)
    if not head.issuer_name.strip():
        raise rejected("issuer_missing", _("Chưa ghi cơ quan, tổ chức ban hành."), column="issuer_name")
    for name in ("issuer_name", "issuer_parent", "place_name", "symbol", "signer_title", "signer_name"):
        setattr(held, name, getattr(head, name).strip())
    held.write_fields(_sound(place.kind, {**held.fields, **fields}))
    held.version += 1
    held.save()
    return held


def _sound(kind: PaperKind, values: Mapping[str, str]) -> dict[str, str]:
    """The values of the kind's own fields, trimmed; `Rejected` for unknown ones, long texts, dates that are none."""
    known = {field.name: field for field in kind.fields}
    problems = []
    kept: dict[str, str] = {}
    for name, text in values.items():
        field = known.get(name)
        value = (text or "").replace("\r\n", "\n").strip()
        if field is None:
            problems.append(Problem("unknown_field", _("Văn bản không có ô “%(name)s”.") % {"name": name}, column=name))
        elif len(value) > LONGEST:
            told = _("“%(label)s” dài quá %(most)s ký tự.") % {"label": field.label, "most": LONGEST}
            problems.append(Problem("too_long", told, column=name))
        elif field.kind == "date" and value and not _is_day(value):
            told = _("“%(label)s” không phải là một ngày.") % {"label": field.label}
            problems.append(Problem("bad_day", told, _("Ghi ngày dạng ngày/tháng/năm."), column=name))
        kept[name] = value
    if problems:
        raise Rejected(problems)
    return kept


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _one_at_a_time(key: str) -> None:
    """Let requests with one key through one after another; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"paper:{key}"])
