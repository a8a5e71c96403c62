from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeritsConfig(AppConfig):
    name = "atvsld.casework.merits"
    label = "merits"
    verbose_name = _("Khen thưởng, mô hình tốt")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("merits:commendation:written", _("Soạn đề nghị khen thưởng"))
        name_act("merits:commendation:changed", _("Sửa đề nghị khen thưởng"))
        name_act("merits:commendation:proposed", _("Gửi đề nghị khen thưởng"))
        name_act("merits:commendation:withdrawn", _("Rút đề nghị khen thưởng"))
        name_act("merits:commendation:decided", _("Ghi quyết định khen thưởng"))
