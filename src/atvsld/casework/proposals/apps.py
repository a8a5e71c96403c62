from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "atvsld.casework.proposals"
    label = "proposals"
    verbose_name = _("Kiến nghị chính sách, góp ý văn bản")
