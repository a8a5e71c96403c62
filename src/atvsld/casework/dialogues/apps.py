from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialoguesConfig(AppConfig):
    name = "atvsld.casework.dialogues"
    label = "dialogues"
    verbose_name = _("Đối thoại và giám sát xã hội")
