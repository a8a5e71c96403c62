"""What makes the screens work without a line: the worker's script, the manifest, and who is signed in."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents.declarations.policy import CREATE
from atvsld.platform.ui.pages import actor_of

ASSETS = (
    "commune/commune.css", "commune/queue.js", "commune/app.js", "commune/report.js", "vendor/idb.min.js",
    "vendor/icons.svg", "ui/mark.svg",
)  # fmt: skip
SHELL = ("commune:home", "commune:report", "commune:queue")


@cache
def version() -> str:
    """Changes with any of the files, so that telephones fetch all of them anew together."""
    total = hashlib.sha256()
    for name in (*ASSETS, "commune/worker.js"):
        path = finders.find(name)
        total.update(name.encode())
        if path:
            total.update(Path(str(path)).read_bytes())
    return total.hexdigest()[:12]


def service_worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The worker, from an address whose folder is its scope. Public: it names files, nothing else."""
    settings = {
        "version": version(),
        "assets": [static(name) for name in ASSETS],
        "shell": [reverse(name) for name in SHELL],
        "fallback": reverse("commune:queue"),
        "session": reverse("commune:session"),
        "send": reverse("commune:send"),
        "scope": reverse("commune:home"),
    }
    scripts = [static(name) for name in ("vendor/idb.min.js", "commune/queue.js", "commune/worker.js")]
    body = f"self.xaSettings = {json.dumps(settings)};\nimportScripts({', '.join(map(json.dumps, scripts))});\n"
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Lets a telephone put the screens on its first page."""
    start = reverse("commune:home")
    return JsonResponse(
        {
            "name": _("ATVSLĐ – màn hình cấp xã"),
            "short_name": _("ATVSLĐ xã"),
            "start_url": start,
            "scope": start,
            "display": "standalone",
            "lang": "vi",
            "background_color": "#ffffff",
            "theme_color": "#1b4f8a",
            "icons": [{"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )


def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and the token a sending needs; 401 for a stranger. Asked before every sending."""
    if not request.user.is_authenticated:
        answer = JsonResponse({"signed_in": False}, status=401)
    else:
        answer = JsonResponse(
            {
                "signed_in": True,
                "user": request.user.public_id,
                "token": get_token(request),
                "may_send": actor_of(request).may(CREATE),
            }
        )
    answer["Cache-Control"] = "no-store"
    return answer
