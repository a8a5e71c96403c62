from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComposingConfig(AppConfig):
    name = "atvsld.oversight.composing"
    label = "composing"
    verbose_name = _("Tự soạn báo cáo")

    def ready(self) -> None:
        from atvsld.oversight.composing.spec import saved_form
        from atvsld.oversight.reporting import sources
        from atvsld.platform.history.labels import name_act

        sources.add_source(saved_form)
        name_act("composing:saved_table:saved", _("Lưu bảng tự soạn"))
        name_act("composing:saved_table:removed", _("Bỏ bảng tự soạn"))
        name_act("composing:composed_report:saved", _("Lưu báo cáo tự soạn"))
        name_act("composing:composed_report:removed", _("Bỏ báo cáo tự soạn"))
        name_act("composing:word_form:uploaded", _("Nạp mẫu Word báo cáo"))
        name_act("composing:word_form:mapped", _("Ghép chỗ điền với số liệu"))
        name_act("composing:word_form:removed", _("Bỏ mẫu Word báo cáo"))
