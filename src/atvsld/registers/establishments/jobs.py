"""The worker's part: comparing a large register."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from atvsld.platform.acts import Act, Channel, clock
from atvsld.registers.establishments.actions import merging


@app.task(name="establishments.find_duplicates", queue="imports")
def find_duplicates(user_id: int) -> None:
    """Compare the establishments within a person's reach; may be repeated without harm."""
    now = clock.now()
    user = get_user_model().objects.get(pk=user_id)
    actor = import_string(settings.ACTOR_FOR)(user, clock.local_day(now))
    merging.find_duplicates(Act(actor, Channel.JOB, at=now, reason=_("So sánh toàn bộ cơ sở")))
