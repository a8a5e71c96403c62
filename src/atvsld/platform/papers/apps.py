from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "atvsld.platform.papers"
    label = "papers"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        """Each app states the kinds of paper it makes in `paper_kinds.py`."""
        from atvsld.platform.history.labels import name_act

        name_act("papers:paper:drafted", _("Soạn văn bản"))
        name_act("papers:paper:edited", _("Sửa dự thảo văn bản"))
        name_act("papers:paper:issued", _("Ban hành văn bản"))
        name_act("papers:paper:attached", _("Đính tệp vào văn bản"))
        name_act("papers:paper:cancelled", _("Hủy văn bản"))
        name_act("papers:template:uploaded", _("Nạp mẫu Word"))
        name_act("papers:template:withdrawn", _("Thôi dùng mẫu Word"))
        autodiscover_modules("paper_kinds")
