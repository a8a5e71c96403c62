"""The six ledgers of what a province has to work with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from atvsld.casework.capacity.models import CooperationEvent, Initiative, OshNetwork, OshOfficial, Study, Survey
from atvsld.casework.capacity.panels import network_panels, official_panels
from atvsld.casework.capacity.policy import CHANGE, READ
from atvsld.kit.outcome import Problem
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.pages import PageAction
from atvsld.registers.ledgers.ledger import Group, Ledger, register
from atvsld.registers.ledgers.reach import OWN

DISTRICTS_ENDED = date(2025, 7, 1)


def _district(values: Mapping[str, Any], _today: date) -> Iterator[Problem]:
    """Nobody begins at a level of administration that is no more."""
    since = values["since"]
    if values["level"] == OshOfficial.Level.DISTRICT and since is not None and since >= DISTRICTS_ENDED:
        message = gettext("Từ 01/7/2025 không còn cấp huyện.")
        yield Problem("no_district", message, gettext("Chọn cấp tỉnh hoặc cấp xã."), column="level")


def _year(record: OshNetwork) -> None:
    record.side = OshNetwork.Side.OWN if record.establishment_id else OshNetwork.Side.UNION
    # An empty form gives no day yet.
    counted: date | None = record.counted_on
    record.year = counted.year if counted else 0


def _train(actor: Actor, record: OshOfficial) -> Iterator[PageAction]:
    if OWN.decide(actor, CHANGE, record) and record.withdrawn_at is None:
        address = reverse("capacity:training", args=[record.public_id])
        yield PageAction(gettext("Ghi lần đào tạo"), address, "plus", primary=True)


def _years(_actor: Actor, today: date) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(today.year, today.year - 8, -1)]


OFFICIALS = register(
    Ledger(
        word="osh_official",
        register="osh_officials",
        model=OshOfficial,
        app="capacity",
        slug="can-bo",
        noun=_("cán bộ"),
        title=_("Cán bộ an toàn, vệ sinh lao động"),
        hint=_("Ghi người của cơ quan mình phụ trách an toàn, vệ sinh lao động; người thôi thì ghi ngày thôi."),
        icon="user-shield",
        read=READ,
        change=CHANGE,
        day="since",
        until="until",
        name="position",
        groups=(
            Group(_("Cán bộ"), ("person", "position", "unit", "level")),
            Group(_("Phụ trách"), ("full_time", "degree", "since", "until")),
        ),
        columns=("position", "person", "owner", "level", "full_time", "since", "until"),
        optional=("unit", "degree", "trained_years"),
        filters=("level", "full_time", "degree", "trained_years"),
        choices={"trained_years": _years},
        checks=(_district,),
        extra_actions=_train,
        extra_panels=official_panels,
    )
)

NETWORKS = register(
    Ledger(
        word="osh_network",
        register="osh_networks",
        model=OshNetwork,
        app="capacity",
        slug="mang-luoi",
        noun=_("mạng lưới an toàn, vệ sinh viên"),
        title=_("Mạng lưới an toàn, vệ sinh viên"),
        hint=_("Mỗi năm ghi một lần: cơ sở ghi mạng lưới của mình, công đoàn cấp trên ghi số gộp."),
        icon="users",
        read=READ,
        change=CHANGE,
        day="counted_on",
        name="title",
        groups=(
            Group(_("Mạng lưới"), ("title", "counted_on", "networks", "teams", "representatives", "women")),
            Group(_("Bảo đảm và hoạt động"), ("decided", "allowance", "hazards_found", "activities")),
        ),
        columns=("title", "owner", "counted_on", "networks", "representatives", "allowance"),
        optional=("side", "teams", "women", "decided", "hazards_found"),
        filters=("side", "allowance", "decided"),
        derive=_year,
        extra_panels=network_panels,
    )
)

STUDIES = register(
    Ledger(
        word="study",
        register="studies",
        model=Study,
        app="capacity",
        slug="de-tai",
        noun=_("đề tài, ứng dụng"),
        title=_("Đề tài, ứng dụng khoa học, công nghệ"),
        hint=_("Ghi đề tài nghiên cứu, ứng dụng công nghệ về an toàn, vệ sinh lao động."),
        icon="book-2",
        read=READ,
        change=CHANGE,
        day="started_on",
        until="ended_on",
        name="title",
        groups=(
            Group(_("Đề tài, ứng dụng"), ("title", "kind", "leader_unit", "sectors")),
            Group(_("Thực hiện"), ("started_on", "ended_on", "stage", "cost", "result")),
        ),
        columns=("title", "owner", "kind", "stage", "started_on", "ended_on"),
        optional=("leader_unit", "sectors", "cost"),
        filters=("kind", "stage", "sectors"),
    )
)

INITIATIVES = register(
    Ledger(
        word="initiative",
        register="studies",
        model=Initiative,
        app="capacity",
        slug="sang-kien",
        noun=_("sáng kiến"),
        title=_("Sáng kiến cải thiện điều kiện lao động"),
        hint=_("Ghi sáng kiến đã công nhận hoặc áp dụng ở cơ sở."),
        icon="bolt",
        read=READ,
        change=CHANGE,
        day="recognised_on",
        name="title",
        groups=(
            Group(_("Sáng kiến"), ("title", "about", "recognised_on", "recognition", "author_unit")),
            Group(_("Áp dụng và lợi ích"), ("applied", "benefit", "workers", "saving", "audiences")),
        ),
        columns=("title", "owner", "about", "recognised_on", "applied", "workers"),
        optional=("saving", "recognition", "author_unit", "audiences"),
        filters=("about", "applied", "audiences"),
    )
)

COOPERATION = register(
    Ledger(
        word="cooperation_event",
        register="cooperation",
        model=CooperationEvent,
        app="capacity",
        slug="hop-tac",
        noun=_("hoạt động hợp tác quốc tế"),
        title=_("Hợp tác quốc tế"),
        hint=_("Ghi dự án, hội thảo, đoàn công tác với nước ngoài, tổ chức quốc tế."),
        icon="language",
        read=READ,
        change=CHANGE,
        day="held_on",
        name="title",
        groups=(
            Group(_("Hoạt động"), ("title", "kind", "held_on", "country", "partner")),
            Group(_("Kết quả"), ("people", "cost", "result")),
        ),
        columns=("held_on", "title", "owner", "kind", "country"),
        optional=("partner", "people", "cost"),
        filters=("kind",),
    )
)

SURVEYS = register(
    Ledger(
        word="survey",
        register="surveys",
        model=Survey,
        app="capacity",
        slug="dieu-tra",
        noun=_("cuộc điều tra, thu thập số liệu"),
        title=_("Điều tra, thu thập số liệu"),
        hint=_("Ghi cuộc điều tra, khảo sát số liệu về điều kiện lao động, tai nạn, bệnh nghề nghiệp, môi trường."),
        icon="clipboard-text",
        read=READ,
        change=CHANGE,
        day="started_on",
        name="title",
        groups=(
            Group(_("Cuộc điều tra"), ("title", "about", "decision", "started_on", "ended_on")),
            Group(_("Kết quả"), ("units_asked", "units_answered", "cost", "result")),
        ),
        columns=("started_on", "title", "owner", "about", "units_asked", "units_answered"),
        optional=("ended_on", "decision", "cost"),
        filters=("about",),
    )
)
