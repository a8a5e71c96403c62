from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class YearlyConfig(AppConfig):
    name = "atvsld.oversight.yearly"
    label = "yearly"
    verbose_name = _("Báo cáo năm về kế hoạch")
