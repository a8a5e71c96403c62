from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CodesConfig(AppConfig):
    name = "atvsld.registers.codes"
    label = "codes"
    verbose_name = _("Danh mục mã")
