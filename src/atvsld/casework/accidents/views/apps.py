from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccidentViewsConfig(AppConfig):
    name = "atvsld.casework.accidents.views"
    label = "accident_views"
    verbose_name = _("Sổ, danh sách việc, bản đồ tai nạn lao động")

    def ready(self) -> None:
        from atvsld.casework.accidents.followers import follow
        from atvsld.casework.accidents.panels import show
        from atvsld.casework.accidents.views import grants
        from atvsld.casework.accidents.views.actions.joining import duties_follow
        from atvsld.casework.accidents.views.web.panel import sharing_panel
        from atvsld.platform.history.labels import name_act
        from atvsld.registers.duties.facade import name_context
        from atvsld.registers.offices.grants import grant_further

        grant_further(grants.by_invitation)
        show(80, sharing_panel)
        follow(duties_follow)
        name_context("accidents", _("Tai nạn lao động"))
        name_act("accidents:case_invitation:given", _("Mời cơ quan xem hồ sơ"))
        name_act("accidents:case_invitation:revoked", _("Thôi cho xem hồ sơ"))
        name_act("accidents:case:transferred", _("Chuyển hồ sơ"))
        name_act("accidents:case:handed_over", _("Chuyển hồ sơ cho cơ quan khác"))
        name_act("accidents:victim:searched", _("Tìm theo tên người bị nạn"))
