from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    name = "atvsld.registers.providers"
    label = "providers"
    verbose_name = _("Tổ chức dịch vụ")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("providers:service_provider:registered", _("Thêm tổ chức dịch vụ"))
        name_act("providers:service_provider:imported", _("Nhập tổ chức dịch vụ từ tệp"))
        name_act("providers:service_provider:changed", _("Sửa thông tin tổ chức dịch vụ"))
        name_act("providers:provider_qualification:added", _("Ghi giấy tờ hoạt động"))
        name_act("providers:provider_qualification:withdrawn", _("Ghi thu hồi giấy tờ hoạt động"))
        name_act("providers:provider_suspension:recorded", _("Ghi đình chỉ hoạt động"))
        name_act("providers:provider_suspension:ended", _("Ghi kết thúc đình chỉ"))
        name_act("providers:provider_person:added", _("Ghi người làm chuyên môn"))
        name_act("providers:provider_person:ended", _("Ghi người làm chuyên môn thôi việc"))
