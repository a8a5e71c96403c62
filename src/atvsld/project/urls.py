"""Addresses. Paths for people are Vietnamese without diacritics; the interface for systems is English."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from oauth2_provider import views as oauth2

from atvsld.platform.ui import errors
from atvsld.portals.api import problems
from atvsld.portals.api.api import api
from atvsld.project import health

handler400 = "atvsld.platform.ui.errors.bad_request"
handler403 = "atvsld.platform.ui.errors.forbidden"
handler404 = "atvsld.platform.ui.errors.not_found"
handler500 = "atvsld.platform.ui.errors.server_error"


# The web rooms of the apps, each with its own `app_name`. The first that fits answers: rooms that share a beginning
# stand before the one that takes any word after it.
_ROOMS = (
    ("", "atvsld.portals.staff.web.urls"),
    ("tai-nan/", "atvsld.casework.accidents.investigation.web.urls"),
    ("tai-nan/", "atvsld.casework.accidents.benefits.web.urls"),
    ("tai-nan/", "atvsld.casework.accidents.procedure.web.urls"),
    ("tai-nan/", "atvsld.casework.accidents.views.web.urls"),
    ("tai-nan/", "atvsld.casework.accidents.web.urls"),
    ("su-co/", "atvsld.casework.incidents.web.urls"),
    ("co-so/", "atvsld.registers.establishments.web.urls"),
    ("dia-ban/", "atvsld.registers.places.web.urls"),
    ("co-quan/", "atvsld.registers.bodies.web.urls"),
    ("danh-muc/", "atvsld.registers.codes.web.urls"),
    ("nguoi-lao-dong/", "atvsld.registers.workers.web.urls"),
    ("to-chuc-dich-vu/", "atvsld.registers.providers.web.urls"),
    ("cong-khai/to-chuc-dich-vu/", "atvsld.registers.providers.web.public_urls"),
    ("cong-khai/thu-tuc/", "atvsld.casework.procedures.web.public_urls"),
    ("khai-bao/bien-nhan/", "atvsld.casework.accidents.declarations.web.receipt_urls"),
    ("khai-bao/", "atvsld.casework.accidents.declarations.web.urls"),
    ("xa/", "atvsld.portals.commune.web.urls"),
    ("nguoi-dung/", "atvsld.registers.offices.web.urls"),
    ("nhap-du-lieu/", "atvsld.platform.imports.web.urls"),
    ("viec/", "atvsld.registers.duties.web.urls"),
    ("hop-thu/", "atvsld.platform.outbox.web.urls"),
    ("van-ban/", "atvsld.platform.papers.web.urls"),
    ("xac-minh/", "atvsld.platform.papers.web.public_urls"),
    ("bao-cao/chot/", "atvsld.oversight.snapshots.web.urls"),
    ("so-lieu/", "atvsld.oversight.snapshots.web.public_urls"),
    ("bao-cao/", "atvsld.oversight.reporting.web.urls"),
    ("nghia-vu/", "atvsld.oversight.obligations.web.urls"),
    ("tu-soan/", "atvsld.oversight.composing.web.urls"),
    ("nop-bao-cao/bien-nhan/", "atvsld.oversight.filing.web.receipt_urls"),
    ("nop-bao-cao/", "atvsld.oversight.filing.web.urls"),
    ("tong-hop/", "atvsld.oversight.consolidation.web.urls"),
    ("chi-tieu/", "atvsld.oversight.indicators.web.urls"),
    ("thong-bao/", "atvsld.oversight.publication.web.urls"),
    ("cong-khai/tai-nan/", "atvsld.oversight.publication.web.public_urls"),
    ("tuyen-truyen/", "atvsld.casework.outreach.web.urls"),
    ("thang-hanh-dong/", "atvsld.casework.campaigns.web.urls"),
    ("doi-thoai/", "atvsld.casework.dialogues.web.urls"),
    ("khen-thuong/", "atvsld.casework.merits.web.urls"),
    ("kien-nghi/", "atvsld.casework.proposals.web.urls"),
    ("nang-luc/", "atvsld.casework.capacity.web.urls"),
    ("thu-tuc/", "atvsld.casework.procedures.web.urls"),
    ("chuong-trinh/", "atvsld.oversight.programme.web.urls"),
    ("ke-hoach/", "atvsld.oversight.workplans.web.urls"),
    ("kinh-phi/", "atvsld.oversight.budget.web.urls"),
    ("bao-cao-ke-hoach/", "atvsld.oversight.yearly.web.urls"),
    ("lanh-dao/", "atvsld.portals.leader.web.urls"),
    ("thu-vien-giao-dien/", "atvsld.platform.ui.web.urls"),
)


class _Mark(RedirectView):
    """Browsers ask for this address whatever the page says; files carry their digest in their name."""

    def get_redirect_url(self, *_args: object, **_kwargs: object) -> str:
        return static("ui/mark.svg")


# Systems fetch and give back tokens; clients are made by an administrator, not on a page.
_TOKENS = [
    path("token/", oauth2.TokenView.as_view(), name="token"),
    path("revoke_token/", oauth2.RevokeTokenView.as_view(), name="revoke-token"),
]

# Accounts and their addresses are kept by an administrator: these pages of the library are not offered.
_NOT_OFFERED = ("email/", "password/reset/", "password/set/", "confirm-email/")

urlpatterns: list[URLPattern | URLResolver] = [
    *(path(f"tai-khoan/{page}", errors.not_found) for page in _NOT_OFFERED),
    path("tai-khoan/", include("allauth.urls")),
    path("o/", include((_TOKENS, "oauth2_provider"), namespace="oauth2_provider")),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    path("favicon.ico", _Mark.as_view()),
    *(path(where, include(room)) for where, room in _ROOMS),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("api/v1/", problems.unknown_path),
    path("api/v1/", api.urls),
    path("api/<path:rest>", problems.unknown_path),
    path("api/", problems.unknown_path),
]
