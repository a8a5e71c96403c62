from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObligationsConfig(AppConfig):
    name = "atvsld.oversight.obligations"
    label = "obligations"
    verbose_name = _("Nghĩa vụ báo cáo")

    def ready(self) -> None:
        from atvsld.oversight.filing.facade import follow
        from atvsld.oversight.obligations.campaign_told import tell_campaign
        from atvsld.oversight.obligations.merit_check import answer_merits
        from atvsld.platform.history.labels import name_act
        from atvsld.registers.duties.facade import name_context

        name_context("obligations", _("Nghĩa vụ báo cáo"))
        name_act("obligations:period:opened", _("Mở kỳ báo cáo"))
        name_act("obligations:stated_fact:changed", _("Ghi sự kiện làm căn cứ báo cáo"))
        name_act("obligations:reminder_batch:begun", _("Lập đợt đôn đốc"))
        name_act("obligations:reminder_batch:written", _("Viết công văn đôn đốc"))
        answer_merits()
        follow(tell_campaign)
