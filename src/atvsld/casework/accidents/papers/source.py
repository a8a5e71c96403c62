"""Accident cases as the source of papers: who may, what the record says, which readings are recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents import actions, queries
from atvsld.casework.accidents.investigation import facade as investigation
from atvsld.casework.accidents.investigation.actions.material import require_reading
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.papers import issuers, policy
from atvsld.casework.accidents.papers.kinds.spec import CONTEXT, Stand, spec_of, specs
from atvsld.casework.accidents.papers.material import Facts, facts_of
from atvsld.casework.accidents.procedure.facade import file_of
from atvsld.kit.text import format_date
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.registry import Home, Issuer, Offer, PaperKind, Source

_READING = "papers.paper"


class AccidentPapers(Source):
    """Cases, found by their public id."""

    context = CONTEXT
    needs = policy.ISSUE

    def find(self, actor: Actor, subject: str) -> AccidentCase | None:
        visible = queries.visible_cases(actor).select_related("place", "establishment")
        return visible.filter(public_id=subject.replace("\x00", "")).first()

    def home(self, record: AccidentCase) -> Home:
        return Home(
            _("Vụ tai nạn %(number)s") % {"number": record.number},
            reverse("accidents:case", args=[record.public_id]),
            record.place_id,
            record.establishment_id,
        )

    def offered(self, actor: Actor, record: AccidentCase) -> list[Offer]:
        mine = [spec for spec in specs() if policy.may_write(actor, spec, record)]
        if not mine:
            return []
        stand = _stand(record)
        return [offer for spec in mine for offer in spec.offers(stand)]

    def may_write(self, actor: Actor, kind: PaperKind, record: AccidentCase) -> bool:
        return policy.may_write(actor, spec_of(kind.code), record)

    def may_read(self, actor: Actor, paper: Paper, record: AccidentCase) -> bool:
        return policy.may_read(actor, spec_of(paper.kind), paper, record)

    def material(self, act: Act, kind: PaperKind, record: AccidentCase, part: str) -> Facts:
        victims = self._read(act, kind, record)
        return facts_of(record, victims, part=part, on=act.day)

    def reads(self, act: Act, kind: PaperKind, record: AccidentCase) -> None:
        self._read(act, kind, record)

    def issuer(self, act: Act, kind: PaperKind, record: AccidentCase) -> Issuer:
        spec = spec_of(kind.code)
        found = issuers.issuer(record, kind, spec.issuer, act.day)
        held = investigation.material(record) if spec.signer else None
        signer = spec.signer(held) if spec.signer and held else None
        if signer is None:
            return found
        title, name = signer
        return replace(found, signer_title=title or found.signer_title, signer_name=name)

    def prefill(self, kind: PaperKind, material: Facts, on: date) -> dict[str, str]:  # noqa: ARG002
        return dict(spec_of(kind.code).prefill(material))

    def within(self, actor: Actor) -> Q:
        return policy.within(actor)

    def _read(self, act: Act, kind: PaperKind, record: AccidentCase) -> Any:
        """A paper names the victims: whoever opens one reads identities, and sealed parts where the kind holds such."""
        stated = act if act.reason.strip() else replace(act, reason=_("Văn bản: %(kind)s") % {"kind": kind.label})
        if spec_of(kind.code).sealed and policy.may_write(act.actor, spec_of(kind.code), record):
            require_reading(stated, record, _READING, [record.public_id])
        return actions.read_identities(stated, cases=[record])[record.pk]


def _stand(record: AccidentCase) -> Stand:
    """Where the case stands, read without opening anything sealed."""
    file, held = file_of(record), investigation.material(record)
    level = (file.level if file else "") or ""
    if held is None:
        return Stand(level, record.establishment_id is not None)
    written = [(one.id, _("lần %(n)s") % {"n": one.number}) for one in held.minutes if not one.expired]
    return Stand(
        level,
        record.establishment_id is not None,
        statements=tuple(
            (one.id, f"{one.relation_label}, {format_date(one.taken_at.date())}") for one in held.statements
        ),
        minutes=tuple(written),
        meetings=tuple(
            (one.id, _("lần %(n)s") % {"n": one.number}) for one in held.minutes if one.meeting and not one.expired
        ),
        expertises=tuple((one.id, f"{one.kind_label}, {one.asked_of}") for one in held.expertises),
    )
