from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeritsConfig(AppConfig):
    name = "atvsld.casework.merits"
    label = "merits"
    verbose_name = _("Khen thưởng, mô hình tốt")
