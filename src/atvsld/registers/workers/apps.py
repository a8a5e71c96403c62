from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkersConfig(AppConfig):
    name = "atvsld.registers.workers"
    label = "workers"
    verbose_name = _("Người lao động")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act
        from atvsld.registers.workers import related  # noqa: F401 - states its part on other pages

        name_act("workers:worker:registered", _("Thêm người lao động"))
        name_act("workers:worker:imported", _("Nhập người lao động từ tệp"))
        name_act("workers:worker:changed", _("Sửa thông tin người lao động"))
        name_act("workers:worker:identity_read", _("Xem số định danh"))
        name_act("workers:employment:started", _("Ghi nơi làm việc"))
        name_act("workers:employment:ended", _("Ghi thôi việc"))
        name_act("workers:protected_group:stated", _("Ghi thuộc nhóm đặc thù"))
        name_act("workers:protected_group:ended", _("Ghi thôi thuộc nhóm đặc thù"))
