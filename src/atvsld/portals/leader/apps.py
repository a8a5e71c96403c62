from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeaderConfig(AppConfig):
    name = "atvsld.portals.leader"
    label = "leader"
    verbose_name = _("Trang lãnh đạo")
