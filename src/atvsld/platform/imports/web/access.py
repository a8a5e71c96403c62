"""Who may open the pages of imports: whoever may bring some kind of file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from atvsld.platform.imports import queries
from atvsld.platform.imports.models import ImportRun
from atvsld.platform.ui.errors import refused
from atvsld.platform.ui.pages import actor_of

View = Callable[..., HttpResponse]


def for_importers(view: View) -> View:
    """Sign-in, and the right to import something."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not queries.permitted(actor_of(request)):
            return refused(request, _("Tài khoản không có quyền nhập tệp."))
        return view(request, *args, **kwargs)

    return guarded


def own_run(request: HttpRequest, public_id: str) -> ImportRun:
    """The import if it is the asker's own and of a kind still permitted; 404 otherwise."""
    return get_object_or_404(queries.own_runs(actor_of(request)).select_related("profile"), public_id=public_id)
