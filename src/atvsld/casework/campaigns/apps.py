from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "atvsld.casework.campaigns"
    label = "campaigns"
    verbose_name = _("Tháng hành động, Tháng Công nhân")
