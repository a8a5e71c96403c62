"""Making an account, giving an office, ending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.kit.outcome import Problem
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.platform.history.labels import name_act
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.policy import CHANGE, OFFICES
from atvsld.registers.offices.roles import roles
from atvsld.registers.places.models import Place

name_act("offices:user:created", gettext_lazy("Lập tài khoản"))
name_act("offices:office:given", gettext_lazy("Giao chức trách"))
name_act("offices:office:ended", gettext_lazy("Kết thúc chức trách"))


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """What an office is to be: a role over a place or for an establishment, from a day, until a day or open."""

    role: str
    valid_from: date
    place: Place | None = None
    establishment: Establishment | None = None
    body: Body | None = None
    valid_to: date | None = None


@action(needs=CHANGE, records="offices:user:created")
def create_user(_act: Act, *, username: str, full_name: str, email: str, password: str) -> User:
    """Make an account without any rights. `Rejected` for a taken name or address, or a weak password."""
    problems = []
    if User.objects.filter(username__iexact=username).exists():
        problems.append(Problem("username_taken", _("Tên đăng nhập này đã có người dùng."), column="username"))
    if email and User.objects.filter(email__iexact=email).exists():
        problems.append(Problem("email_taken", _("Thư điện tử này đã có người dùng."), column="email"))
    user = User(username=username, full_name=full_name, email=email)
    try:
        validate_password(password, user)
    except ValidationError as error:
        problems += [Problem("weak_password", sentence, column="password") for sentence in error.messages]
    if problems:
        raise Rejected(problems)
    user.set_password(password)
    user.save(force_insert=True)
    return user


@action(needs=CHANGE, records="offices:office:given")
def give_office(act: Act, *, user: User, draft: OfficeDraft) -> Office:
    """Give a person an office. `Rejected` with the problems; `Refused` when it reaches beyond the giver's area."""
    problems = _problems(user, draft)
    if problems:
        raise Rejected(problems)
    office = Office(
        user=user,
        role=draft.role,
        place=draft.place,
        establishment=draft.establishment,
        body=draft.body,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
    )
    OFFICES.require(act.actor, CHANGE, office)
    office.save(force_insert=True)
    return office


@action(needs=CHANGE, records="offices:office:ended")
def end_office(act: Act, *, office: Office, last_day: date) -> Office:
    """Let an office end after `last_day`. `Conflict` when it has already been ended."""
    OFFICES.require(act.actor, CHANGE, office)
    if last_day < office.valid_from:
        message = _("Ngày cuối phải từ ngày bắt đầu của chức trách trở đi.")
        raise Rejected([Problem("ends_before_start", message, column="last_day")])
    open_still = Office.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last_day), pk=office.pk)
    if not open_still.update(valid_to=last_day):
        raise Conflict(_("Chức trách này đã được kết thúc trước đó."))
    office.refresh_from_db()
    return office


def _problems(user: User, draft: OfficeDraft) -> list[Problem]:
    role = roles().get(draft.role)
    if role is None:
        return [Problem("unknown_role", _("Không có vai trò này."), column="role")]
    found = []
    if role.reach == "place" and (draft.place is None or draft.establishment is not None):
        found.append(Problem("needs_place", _("Vai trò này gắn với một địa bàn, không gắn với cơ sở."), column="place"))
    if role.reach == "establishment" and (draft.establishment is None or draft.place is not None):
        message = _("Vai trò này gắn với một cơ sở, không gắn với địa bàn.")
        found.append(Problem("needs_establishment", message, column="establishment"))
    if draft.valid_to is not None and draft.valid_to < draft.valid_from:
        found.append(Problem("span", _("Ngày cuối phải từ ngày bắt đầu trở đi."), column="valid_to"))
    overlapping = Office.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=draft.valid_from),
        user=user,
        role=draft.role,
        place=draft.place,
        establishment=draft.establishment,
    )
    if draft.valid_to is not None:
        overlapping = overlapping.filter(valid_from__lte=draft.valid_to)
    if not found and overlapping.exists():
        message = _("Người này đang giữ đúng chức trách đó trong khoảng ngày trùng nhau.")
        found.append(Problem("held_already", message, column="valid_from"))
    return found
