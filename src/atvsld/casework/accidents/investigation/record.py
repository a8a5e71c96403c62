"""Everything the investigation of one case holds, read as far as it is asked for; and which law lists apply to it."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.utils.translation import get_language

from atvsld.casework.accidents.investigation.models import (
    CommuneRecord,
    DossierMark,
    Evidence,
    Expertise,
    Investigation,
    InvestigationTeam,
    Minutes,
    MinutesDelivery,
    Posting,
    PublicationMeeting,
    Recommendation,
    Statement,
)
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.procedure.models import CaseFile
from atvsld.casework.accidents.settlement import Settlement, settlement
from atvsld.law import load_book
from atvsld.law.investigation import CaseFacts, InvestigationRule, load_investigation_rules, worded
from atvsld.platform.acts import clock
from atvsld.registers.places import tree

INVESTIGATED = frozenset({"establishment", "province", "central"})
# Minutes are written while the team works; once public they stay as they are.
WRITING = frozenset({"investigating", "awaiting_expertise", "minutes_drafted", "meeting_called"})
ENDED = frozenset({"received", "out_of_scope", "special_field", "closed"})


class Record:
    """The investigation of one case. Each part is read from the database once, when first asked for."""

    def __init__(self, file: CaseFile, *, today: date | None = None) -> None:
        self.file = file
        self.today = today
        self.case: AccidentCase = file.case
        self.level: str = file.level or ""
        self._meetings: dict[int, PublicationMeeting | None] = {}

    @property
    def investigated(self) -> bool:
        """Whether a team investigates, rather than the commune recording or another body."""
        return self.level in INVESTIGATED

    @cached_property
    def victims(self) -> list[Victim]:
        return list(self.case.victims.order_by("position"))

    @cached_property
    def facts(self) -> CaseFacts:
        """What decides which entries of the law apply."""
        relations = {victim.labour_relation for victim in self.victims}
        return CaseFacts(
            contract=bool(relations - {None, "none"}),
            informal="none" in relations,
            fatal=any(victim.severity == "fatal" for victim in self.victims),
            outside_employer=any(
                victim.managed is False or victim.labour_relation == "leased" for victim in self.victims
            ),
            hq_elsewhere=self._hq_elsewhere(),
            special=bool(self.file.special_field),
        )

    def _hq_elsewhere(self) -> bool:
        firm = self.case.establishment
        if firm is None:
            return False
        day, graph = clock.local_day(self.case.occurred_at), tree.current()
        tops = [(*graph.ancestors(pk, day), graph.nodes[pk]) for pk in (firm.headquarters_place_id, self.case.place_id)]
        provinces = [next((node.pk for node in nodes if node.level == "province"), None) for nodes in tops]
        return provinces[0] != provinces[1]

    @cached_property
    def on(self) -> date:
        """The day whose law holds: that of the decision on the team, else today, else the day the file was opened."""
        return self.team.decision_date if self.team else self.today or clock.local_day(self.file.opened_at)

    def entries(self, name: str, *, on: date | None = None) -> tuple[InvestigationRule, ...]:
        """The entries of a list of the law that apply."""
        return load_investigation_rules().entries_of(name, level=self.level, facts=self.facts, on=on or self.on)

    @cached_property
    def investigation(self) -> Investigation:
        held = Investigation.objects.select_related("clearing_document__file").filter(case=self.case).first()
        return held or Investigation(case=self.case)

    @cached_property
    def teams(self) -> list[InvestigationTeam]:
        """All compositions, the newest first."""
        held = InvestigationTeam.objects.filter(case=self.case).prefetch_related("members__user")
        return list(held.order_by("-number"))

    @cached_property
    def team(self) -> InvestigationTeam | None:
        """The team in force; None when the round of the file has none yet."""
        return next((team for team in self.teams if not team.replaced_at and team.round == self.file.round), None)

    @cached_property
    def statements(self) -> list[Statement]:
        return list(Statement.objects.filter(case=self.case).select_related("victim"))

    @cached_property
    def evidence(self) -> list[Evidence]:
        """What counts; withdrawn pieces stay in `all_evidence`."""
        return [piece for piece in self.all_evidence if piece.withdrawn_at is None]

    @cached_property
    def all_evidence(self) -> list[Evidence]:
        return list(Evidence.objects.filter(case=self.case).select_related("victim", "file"))

    @cached_property
    def expertises(self) -> list[Expertise]:
        return list(Expertise.objects.filter(case=self.case).select_related("document__file"))

    @cached_property
    def minutes(self) -> list[Minutes]:
        """All versions, the newest first."""
        held = Minutes.objects.filter(case=self.case).select_related("superseded_by")
        return list(held.prefetch_related("victims__victim", "faults", "recommendations").order_by("-number"))

    @cached_property
    def writing(self) -> Minutes | None:
        """The minutes not yet published."""
        return next((one for one in self.minutes if one.published_at is None), None)

    @cached_property
    def in_force(self) -> Minutes | None:
        """The published minutes that newer ones have not replaced."""
        return next((one for one in self.minutes if one.published_at and not one.expired), None)

    @cached_property
    def meeting(self) -> PublicationMeeting | None:
        """The meeting of the minutes at hand: those being written, else those in force."""
        return self.meeting_of(self.writing or self.in_force)

    def meeting_of(self, minutes: Minutes | None) -> PublicationMeeting | None:
        if minutes is None:
            return None
        if minutes.pk not in self._meetings:
            held = PublicationMeeting.objects.prefetch_related("participants__victim")
            self._meetings[minutes.pk] = held.filter(minutes=minutes).first()
        return self._meetings[minutes.pk]

    @cached_property
    def deliveries(self) -> list[MinutesDelivery]:
        if self.in_force is None:
            return []
        return list(self.in_force.deliveries.select_related("victim", "proof__file").order_by("position"))

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        """Those of the minutes in force."""
        if self.in_force is None:
            return []
        return list(self.in_force.recommendations.select_related("document__file").order_by("position"))

    @cached_property
    def postings(self) -> list[Posting]:
        return list(Posting.objects.filter(case=self.case).select_related("document__file"))

    @cached_property
    def commune_record(self) -> CommuneRecord | None:
        return CommuneRecord.objects.filter(case=self.case).first()

    @cached_property
    def settlement(self) -> Settlement:
        """Whether the victims' benefits are settled, by what their register holds."""
        return settlement(self.case)

    @cached_property
    def marks(self) -> list[DossierMark]:
        return list(DossierMark.objects.filter(victim__case=self.case))


def name_of(rule: InvestigationRule, on: date) -> str:
    """An entry's words in the language of the page, with the names that bodies bear on the day."""
    if get_language() == "en" and rule.label.en:
        return rule.label.en
    return worded(load_book(), rule.label.vi, on=on)
