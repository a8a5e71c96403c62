from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SnapshotsConfig(AppConfig):
    name = "atvsld.oversight.snapshots"
    label = "snapshots"
    verbose_name = _("Báo cáo đã chấp nhận")

    def ready(self) -> None:
        """Acts have names; report pages offer acceptance; the page of verification leads here."""
        from atvsld.oversight.reporting import offers
        from atvsld.oversight.snapshots.verifying import public_answer
        from atvsld.oversight.snapshots.verifying_frozen import Frozen
        from atvsld.oversight.snapshots.verifying_rooms import verify_also
        from atvsld.oversight.snapshots.web.offer import offer
        from atvsld.platform.history.labels import name_act
        from atvsld.platform.papers import facade as papers

        offers.show(offer)
        verify_also(Frozen())
        papers.verify_also(public_answer)
        name_act("snapshots:report:accepted", _("Chấp nhận số liệu báo cáo"))
        name_act("snapshots:report:revised", _("Chấp nhận bản sửa của báo cáo"))
        name_act("snapshots:report:withdrawn", _("Rút báo cáo đã chấp nhận"))
        name_act("snapshots:report:compared", _("So báo cáo đã chấp nhận với hồ sơ hiện nay"))
