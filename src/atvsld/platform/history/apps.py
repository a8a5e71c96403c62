from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "atvsld.platform.history"
    label = "history"
    verbose_name = _("Nhật ký")
