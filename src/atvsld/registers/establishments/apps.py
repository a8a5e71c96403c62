from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EstablishmentsConfig(AppConfig):
    name = "atvsld.registers.establishments"
    label = "establishments"
    verbose_name = _("Cơ sở sản xuất, kinh doanh")
