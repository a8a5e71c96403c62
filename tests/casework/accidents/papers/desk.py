"""Drafting and issuing every paper a case offers, for the tests."""

from __future__ import annotations

from tests.casework.accidents.investigation.story import INJURY, Story, begun
from tests.casework.accidents.scene import Land, victim_draft

from atvsld.kit.ids import new_ulid
from atvsld.platform.papers import facade as papers
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.registry import Offer, source_of

SIGNER = "Người Ký"
LONG = (
    "Khi đang vận hành máy ép thủy lực, người bị nạn đưa tay vào vùng nguy hiểm để gỡ phôi kẹt thì máy dập xuống. " * 3
)


def fatal(land: Land) -> Story:
    """A death with a severe injury, investigated by the province up to the sent minutes."""
    story = begun(
        land,
        victim_draft(severity="fatal", name="Nguyễn Thị Thử Hương"),
        victim_draft(severity="severe", name="Trần Văn Thử Đức", injury_codes=(INJURY,)),
        description=LONG,
    )
    story.later(hours=1).set_up().begin().hear().later(days=5).write(course=LONG).approve().call()
    return story.later(days=1).publish()


def offers(story: Story) -> list[Offer]:
    return source_of("accidents").offered(story.actor, story.case)


def drafted(story: Story, kind: str, part: str | None = None, **fields: str) -> Paper:
    if part is None:
        part = next(offer.part for offer in offers(story) if offer.kind.code == kind)
    paper = papers.draft(
        story.act(), key=new_ulid(), kind=kind, subject=story.case.public_id, part=part, fields=filled(kind) | fields
    )
    if not paper.signer_name:
        paper.signer_name = SIGNER
        paper.save(update_fields=["signer_name"])
    return paper


def filled(kind: str) -> dict[str, str]:
    """Something in each required field that nothing fills from the record."""
    known = {"closing": "Hội nghị nhất trí.", "when_where": "9 giờ, tại trụ sở"}
    return {
        field.name: known[field.name] for field in papers.kind_of(kind).fields if field.required and field.name in known
    }


def issued(story: Story, kind: str, **fields: str) -> Paper:
    paper = drafted(story, kind, **fields)
    return papers.issue(story.act("Ban hành"), paper=paper, version=paper.version, on=story.day)
