from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialoguesConfig(AppConfig):
    name = "atvsld.casework.dialogues"
    label = "dialogues"
    verbose_name = _("Đối thoại và giám sát xã hội")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act
        from atvsld.registers.duties.facade import name_context

        name_context("dialogues", _("Đối thoại và giám sát xã hội"))
        name_act("dialogues:council:followed", _("Theo dõi đối thoại hằng năm của Hội đồng"))
        name_act("dialogues:recommendation:made", _("Thêm kiến nghị qua giám sát"))
        name_act("dialogues:recommendation:answered", _("Ghi trả lời kiến nghị"))
