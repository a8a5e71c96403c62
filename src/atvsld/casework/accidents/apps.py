from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccidentsConfig(AppConfig):
    name = "atvsld.casework.accidents"
    label = "accidents"
    verbose_name = _("Tai nạn lao động")
