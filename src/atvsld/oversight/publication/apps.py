from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "atvsld.oversight.publication"
    label = "publication"
    verbose_name = _("Thông báo tình hình tai nạn lao động")

    def ready(self) -> None:
        """Name the acts for the log."""
        from atvsld.platform.history.labels import name_act

        name_act("publication:notice:drafted", _("Soạn thông báo tình hình tai nạn"))
        name_act("publication:notice:written", _("Sửa lời thông báo tình hình tai nạn"))
        name_act("publication:notice:recomputed", _("Tính lại số liệu thông báo"))
        name_act("publication:notice:issued", _("Công bố thông báo tình hình tai nạn"))
        name_act("publication:notice:dropped", _("Bỏ dự thảo thông báo"))
