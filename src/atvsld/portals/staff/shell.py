"""What the officers' shell adds to every page: navigation, offices held, version of the law book."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from atvsld.law import load_book
from atvsld.platform.access.actor import Actor, Grant
from atvsld.platform.accounts.models import User
from atvsld.platform.ui.navigation import current, visible
from atvsld.portals.staff.nav import SECTIONS
from atvsld.registers.offices.roles import roles


@cache
def law_version() -> str:
    """Day of the last check and digest of the law data."""
    return load_book().version


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"law_version": SimpleLazyObject(law_version), "demo_logins": demo_logins() if settings.DEMO else ()}
    actor: Actor = request.actor  # type: ignore[attr-defined]
    sections = visible(SECTIONS, actor)
    return {
        "law_version": SimpleLazyObject(law_version),
        "navigation": sections,
        "nav_current": current(sections, request.path),
        "offices_held": [(role_label(grant), reach(grant)) for grant in actor.grants],
    }


def demo_logins() -> list[dict[str, str]]:
    """Sample accounts of the demo province, for the sign-in page; none in a real installation."""
    try:
        logins = import_string(settings.DEMO_LOGINS)()
    except ImportError:
        return []
    named = User.objects.filter(username__in=[login.username for login in logins], is_active=True)
    known = set(named.values_list("username", flat=True))
    return [
        {
            "role": str(login.role),
            "username": login.username,
            "password": login.password,
            "fill": json.dumps({"id_login": login.username, "id_password": login.password}),
        }
        for login in logins
        if login.username in known
    ]


def role_label(grant: Grant) -> str:
    """The name of the role in the reader's language."""
    role = roles().get(grant.role)
    if role is None:
        return grant.label
    return role.label_en if get_language() == "en" else role.label_vi


def reach(grant: Grant) -> str:
    """Where the office reaches, in words."""
    from django.utils.translation import gettext as _

    return _("toàn bộ địa bàn") if grant.scope.everything else grant.scope.label
