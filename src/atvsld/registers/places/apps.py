from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "atvsld.registers.places"
    label = "places"
    verbose_name = _("Địa bàn")

    def ready(self) -> None:
        """Other apps show their part on the pages of the registers."""
        from atvsld.platform.history.labels import name_act

        name_act("places:reference:loaded", _("Nạp danh mục địa bàn"))
        name_act("places:reorganisation:applied", _("Sắp xếp đơn vị hành chính"))
        name_act("places:reorganisation:undone", _("Rút lại đợt sắp xếp"))
        name_act("places:localities:stated", _("Ghi thôn, đường của từng phần"))
        name_act("places:boundaries:loaded", _("Nạp tệp ranh giới"))
        autodiscover_modules("related", "following", "tallies", "proofs")
