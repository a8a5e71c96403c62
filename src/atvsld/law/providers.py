"""Service providers: which paper lets one work on a day, for what, and what is wrong when a result is filed.

The regimes changed and will change again, so each is a dated, cited version. Where the law book knows no regime for a
day nothing is concluded from the form of a paper. Source: Decree 44/2016/NĐ-CP and the instruments named in the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.dated import Dated, DatedSeries
from atvsld.kit.text import format_date
from atvsld.law.errors import UnknownEntry
from atvsld.law.instruments import Instrument, read_instruments
from atvsld.law.reading import DataFolder, Label, Node

# The book's own entry for what comes from no instrument found.
UNKNOWN = "CHUA-XAC-DINH"


class ProviderKind(StrEnum):
    """The services the law on occupational safety and hygiene regulates."""

    TRAINING = "training"
    TECHNICAL_INSPECTION = "technical_inspection"
    WORKPLACE_MONITORING = "workplace_monitoring"
    HEALTH_EXAM = "health_exam"
    DISEASE_SCREENING = "disease_screening"
    CONFORMITY = "conformity"


class PaperForm(StrEnum):
    """What shows that a provider may work."""

    LICENCE = "licence"
    ANNOUNCEMENT = "announcement"
    SELF_ANNOUNCEMENT = "self_announcement"
    NOTIFICATION = "notification"
    PRACTICE_LICENCE = "practice_licence"
    DESIGNATION = "designation"

    @property
    def label_vi(self) -> str:
        return _FORM_LABELS[self]


_FORM_LABELS = {
    PaperForm.LICENCE: "Giấy chứng nhận đủ điều kiện hoạt động",
    PaperForm.ANNOUNCEMENT: "Cơ quan nhà nước công bố đủ điều kiện",
    PaperForm.SELF_ANNOUNCEMENT: "Tự công bố đủ điều kiện",
    PaperForm.NOTIFICATION: "Thông báo bắt đầu hoạt động",
    PaperForm.PRACTICE_LICENCE: "Giấy phép hoạt động khám bệnh, chữa bệnh",
    PaperForm.DESIGNATION: "Chỉ định, đăng ký hoạt động đánh giá sự phù hợp",
}


@dataclass(frozen=True, slots=True)
class Regime:
    """What the law asked for during some days; `years` is the life of a paper that states no end (None: no end)."""

    form: PaperForm
    years: int | None
    note: str


@dataclass(frozen=True, slots=True)
class ProviderClass:
    """A class within a kind (training A, B, C; elsewhere one unnamed class). `covers` empty: the paper itself says."""

    name: str
    covers: frozenset[str]
    citation: Citation | None
    regimes: DatedSeries[Regime]


@dataclass(frozen=True, slots=True)
class KindRule:
    """Everything the law book holds on one kind of service."""

    kind: ProviderKind
    label: Label
    scopes: dict[str, Label]
    scopes_status: Certainty
    scopes_note: str
    classes: dict[str, ProviderClass]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper a provider holds. `valid_to` inclusive; None when it states no end. Empty `scopes`: not recorded."""

    kind: ProviderKind
    form: PaperForm
    valid_from: date
    class_name: str = ""
    valid_to: date | None = None
    withdrawn_on: date | None = None
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days on which a provider may not work; `kind` None for all its services, `end` inclusive, None while open."""

    start: date
    end: date | None = None
    kind: ProviderKind | None = None

    def holds(self, kind: ProviderKind, day: date) -> bool:
        return self.kind in (None, kind) and self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Standing:
    """The finding for one matter on one day. `code` is empty when nothing stands against it."""

    code: str
    sentence: str
    citation: Citation | None = None
    status: Certainty = Certainty.OFFICIAL
    paper: Paper | None = None

    @property
    def clear(self) -> bool:
        return not self.code


class ProviderRules:
    """The law on service providers, read once."""

    def __init__(self, kinds: dict[ProviderKind, KindRule], instruments: dict[str, Instrument]) -> None:
        self.kinds = kinds
        self.instruments = instruments

    def regime(self, kind: ProviderKind, on: date, class_name: str = "") -> Dated[Regime]:
        """What the law asked for on a day. `NotInForce` outside the days known, `UnknownEntry` for another class."""
        return self._class(kind, class_name).regimes.at(on)

    def _class(self, kind: ProviderKind, class_name: str) -> ProviderClass:
        found = self.kinds[kind].classes.get(class_name)
        if found is None:
            raise UnknownEntry(f"Loại dịch vụ “{self.kinds[kind].label}” không có hạng “{class_name}”.")
        return found

    def ends_on(self, paper: Paper) -> date | None:
        """The last day of a paper: as stated, or by the law of its first day, or the day before it was withdrawn."""
        end = paper.valid_to
        if end is None:
            regime = self._regime_or_none(paper.kind, paper.class_name, paper.valid_from)
            if regime is not None and regime.value.form is paper.form and regime.value.years is not None:
                end = _years_later(paper.valid_from, regime.value.years) - timedelta(days=1)
        if paper.withdrawn_on is not None:
            last = paper.withdrawn_on - timedelta(days=1)
            end = last if end is None else min(end, last)
        return end

    def scope_of(self, paper: Paper) -> frozenset[str]:
        """What a paper covers: what it lists within its class, the whole class when it lists nothing."""
        covers = self._class(paper.kind, paper.class_name).covers
        return (paper.scopes & covers if covers else paper.scopes) if paper.scopes else covers

    def standing(
        self,
        papers: Iterable[Paper],
        suspensions: Iterable[Suspension],
        *,
        kind: ProviderKind,
        scope: str,
        on: date,
        ceased_on: date | None = None,
    ) -> Standing:
        """Whether a result in a matter (`kind`, `scope`; an empty scope asks for the kind alone) may stand on a day."""
        label, day = self.kinds[kind].label.vi, format_date(on)
        if ceased_on is not None and on >= ceased_on:
            return Standing("ceased", f"Tổ chức đã chấm dứt hoạt động từ ngày {format_date(ceased_on)}.")
        for stop in suspensions:
            if stop.holds(kind, on):
                end = f" đến hết ngày {format_date(stop.end)}" if stop.end else ", chưa có ngày kết thúc"
                return Standing("suspended", f"Tổ chức bị đình chỉ từ ngày {format_date(stop.start)}{end}.")
        mine = [paper for paper in papers if paper.kind is kind]
        started = [paper for paper in mine if paper.valid_from <= on]
        if not started:
            return Standing("no_paper", f"Không có giấy tờ nào về dịch vụ “{label}” có hiệu lực vào ngày {day}.")
        valid = [paper for paper in started if (end_day := self.ends_on(paper)) is None or on <= end_day]
        if not valid:
            last = max(filter(None, map(self.ends_on, started)))
            return Standing(
                "expired", f"Giấy tờ về dịch vụ “{label}” chỉ có hiệu lực đến hết ngày {format_date(last)}."
            )
        admissible = [paper for paper in valid if self._admissible(paper, on)]
        if not admissible:
            return self._wrong_form(valid[-1], on)
        return self._within_scope(admissible, kind, scope, on)

    def _within_scope(self, papers: list[Paper], kind: ProviderKind, scope: str, on: date) -> Standing:
        rule = self.kinds[kind]
        good = next((paper for paper in papers if not scope or scope in self.scope_of(paper)), None)
        if good is not None:
            regime = self._regime_of(good, on)
            return Standing(
                "",
                f"{good.form.label_vi}, còn hiệu lực vào ngày {format_date(on)}.",
                regime.citation if regime else None,
                regime.status if regime else Certainty.PROVISIONAL,
                good,
            )
        asked = rule.scopes[scope].vi if scope in rule.scopes else scope
        if any(not self.scope_of(paper) for paper in papers):
            sentence = f"Chưa ghi phạm vi nên không đối chiếu được với “{asked}”."
            return Standing("scope_unknown", sentence, status=rule.scopes_status)
        held = sorted({_words(rule, code) for paper in papers for code in self.scope_of(paper)})
        sentence = f"“{asked}” nằm ngoài phạm vi được hoạt động ({'; '.join(held)})."
        return Standing("out_of_scope", sentence, self._class(kind, papers[0].class_name).citation, rule.scopes_status)

    def _admissible(self, paper: Paper, on: date) -> bool:
        """Of the form asked for on the day, or on its own first day: older papers run to their end."""
        regimes = [self._regime_or_none(paper.kind, paper.class_name, day) for day in (on, paper.valid_from)]
        known = [regime for regime in regimes if regime is not None]
        return not known or any(regime.value.form is paper.form for regime in known)

    def _wrong_form(self, paper: Paper, on: date) -> Standing:
        regime = self._regime_or_none(paper.kind, paper.class_name, on)
        regime = regime or self._regime_or_none(paper.kind, paper.class_name, paper.valid_from)
        assert regime is not None  # without a known regime every form is admissible
        sentence = (
            f"Ngày {format_date(on)} pháp luật đòi “{regime.value.form.label_vi}”, "
            f"hồ sơ chỉ có “{paper.form.label_vi}”."
        )
        return Standing("wrong_form", sentence, regime.citation, regime.status, paper)

    def _regime_of(self, paper: Paper, on: date) -> Dated[Regime] | None:
        """The regime under which a paper is good on a day: that of the day, or that of its own first day."""
        regimes = [self._regime_or_none(paper.kind, paper.class_name, day) for day in (on, paper.valid_from)]
        return next((regime for regime in regimes if regime and regime.value.form is paper.form), None)

    def _regime_or_none(self, kind: ProviderKind, class_name: str, on: date) -> Dated[Regime] | None:
        return next((entry for entry in self._class(kind, class_name).regimes if entry.holds_on(on)), None)

    def entries(self) -> Iterator[tuple[str, str, str, Certainty, str, str]]:
        """Kind, id, label, status, citation, note of everything, for the list of what is not confirmed."""
        for rule in self.kinds.values():
            if rule.scopes_status is not Certainty.OFFICIAL:
                name = f"Phạm vi: {rule.label.vi}"
                yield "provider_scope", rule.kind.value, name, rule.scopes_status, UNKNOWN, rule.scopes_note
            for held in rule.classes.values():
                for entry in held.regimes:
                    name = ":".join(filter(None, (rule.kind.value, held.name)))
                    label = f"{rule.label.vi}: {entry.value.form.label_vi} (từ {format_date(entry.valid_from)})"
                    yield "provider_regime", name, label, entry.status, str(entry.citation), entry.value.note


def _words(rule: KindRule, code: str) -> str:
    return rule.scopes[code].vi if code in rule.scopes else code


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


@lru_cache(maxsize=4)
def load_provider_rules(root: Traversable | None = None) -> ProviderRules:
    """The rules from the package's data (or another folder), read and checked once."""
    folder = DataFolder(files("atvsld.law") / "data" / "providers" if root is None else root)
    instruments = read_instruments(folder)
    file = folder.read("providers.yaml")
    checked = file.day("checked_on")
    kinds = {}
    for node in file.nodes("kinds"):
        rule = _kind(node, checked, instruments)
        kinds[rule.kind] = rule
    if missing := sorted(set(ProviderKind) - set(kinds)):
        raise file.fail(f"thiếu loại dịch vụ {', '.join(missing)}")
    file.done(None)
    return ProviderRules(kinds, instruments)


def _kind(node: Node, checked: date, instruments: dict[str, Instrument]) -> KindRule:
    kind = ProviderKind(node.one_of("id", [kind.value for kind in ProviderKind]))
    scopes = {}
    for item in node.nodes("scopes"):
        scopes[item.text("id")] = item.label("label")
        item.done(None)
    classes = {}
    for item in node.nodes("classes"):
        name, covers = item.text("id"), frozenset(item.texts("covers"))
        if covers - set(scopes):
            raise item.fail("“covers” có phạm vi chưa khai báo")
        citation = _known(item, item.citation(), instruments) if item.has("citation") else None
        item.raw("citation")
        series = _regimes(item, f"{kind.value}:{name}", checked, instruments)
        classes[name] = item.done(ProviderClass(name, covers, citation, series))
    marks = [mark.value for mark in Certainty.of_law()]
    status = Certainty(node.one_of("scopes_status", marks, Certainty.OFFICIAL.value))
    return node.done(KindRule(kind, node.label("label"), scopes, status, node.text("scopes_note", ""), classes))


def _regimes(node: Node, name: str, checked: date, instruments: dict[str, Instrument]) -> DatedSeries[Regime]:
    entries = []
    for item in node.nodes("versions"):
        form = PaperForm(item.one_of("form", [form.value for form in PaperForm]))
        regime = Regime(form, item.maybe_number("years"), item.text("note", ""))
        citation = _known(item, item.citation(), instruments)
        dated = Dated(item.day("from"), item.maybe_day("to"), regime, citation, item.status(), checked)
        entries.append(item.done(dated))
    try:
        return DatedSeries(name, entries)
    except ValueError as error:
        raise node.fail(str(error)) from error


def _known(node: Node, citation: Citation, instruments: dict[str, Instrument]) -> Citation:
    if citation.instrument not in instruments:
        raise node.fail(f"trích dẫn văn bản chưa khai báo {citation.instrument}")
    return citation
