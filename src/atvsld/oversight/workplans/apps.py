from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkplansConfig(AppConfig):
    name = "atvsld.oversight.workplans"
    label = "workplans"
    verbose_name = _("Kế hoạch năm và nhiệm vụ")
