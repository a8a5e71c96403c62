"""The ledgers of dialogues and of supervision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from atvsld.casework.dialogues.council_duty import after
from atvsld.casework.dialogues.models import Dialogue, SupervisionVisit
from atvsld.casework.dialogues.panels import council, recommendation_actions, recommendations
from atvsld.casework.dialogues.policy import CHANGE, READ
from atvsld.kit.outcome import Problem
from atvsld.registers.ledgers.ledger import Group, Ledger, register


def _answers(values: Mapping[str, Any], _today: date) -> Iterator[Problem]:
    """Requests answered are among those made."""
    requests, answered = values["requests"], values["answered"]
    if requests is not None and answered is not None and answered > requests:
        message = gettext("Số kiến nghị đã trả lời nhiều hơn số nêu ra.")
        yield Problem("answered_above", message, gettext("Ghi lại một trong hai số."), column="answered")


def _sitting(values: Mapping[str, Any], _today: date) -> Iterator[Problem]:
    """Only a council sits; everything else is a dialogue."""
    if values["act"] == Dialogue.Act.SITTING and values["forum"] != Dialogue.Forum.COUNCIL:
        message = gettext("Phiên họp chỉ ghi cho Hội đồng ATVSLĐ cấp tỉnh.")
        yield Problem("no_sitting", message, gettext("Chọn “Đối thoại”, hoặc chọn Hội đồng."), column="act")


DIALOGUES = register(
    Ledger(
        word="dialogue",
        register="dialogues",
        model=Dialogue,
        app="dialogues",
        slug="cuoc",
        noun=_("cuộc đối thoại, phiên họp"),
        title=_("Đối thoại, phiên họp Hội đồng"),
        hint=_("Ghi cuộc đối thoại về an toàn, vệ sinh lao động và phiên họp của Hội đồng ATVSLĐ cấp tỉnh."),
        icon="users",
        read=READ,
        change=CHANGE,
        day="held_on",
        name="title",
        groups=(
            Group(_("Cuộc đối thoại"), ("act", "forum", "title", "held_on", "venue", "chair")),
            Group(_("Ai tham gia"), ("employers", "workers")),
            Group(_("Kiến nghị và kết quả"), ("requests", "answered", "content", "result")),
        ),
        columns=("held_on", "title", "act", "forum", "owner", "requests", "answered"),
        optional=("venue", "chair", "employers", "workers"),
        filters=("act", "forum"),
        checks=(_answers, _sitting),
        above=council,
        after=after,
    )
)

VISITS = register(
    Ledger(
        word="supervision_visit",
        register="dialogues",
        model=SupervisionVisit,
        app="dialogues",
        slug="giam-sat",
        noun=_("cuộc giám sát"),
        title=_("Giám sát của Mặt trận, đoàn thể"),
        hint=_("Ghi cuộc giám sát, rồi thêm từng kiến nghị với hạn trả lời trên trang của cuộc giám sát."),
        icon="eye",
        read=READ,
        change=CHANGE,
        day="held_on",
        name="title",
        groups=(
            Group(_("Cuộc giám sát"), ("title", "held_on", "subject_kind", "subject_name", "about", "partners")),
            Group(_("Nhận xét, phát hiện"), ("findings",)),
        ),
        columns=("held_on", "title", "subject_name", "owner", "recommended", "answered"),
        optional=("subject_kind", "partners"),
        filters=("subject_kind",),
        extra_actions=recommendation_actions,
        extra_panels=recommendations,
    )
)
