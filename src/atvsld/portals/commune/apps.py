from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommuneConfig(AppConfig):
    name = "atvsld.portals.commune"
    label = "commune"
    verbose_name = _("Màn hình cấp xã")
