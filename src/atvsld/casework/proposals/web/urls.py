from __future__ import annotations

from django.urls import path

from atvsld.casework.proposals.web import edit, pages
from atvsld.registers.ledgers.web.urls import urls

app_name = "proposals"
urlpatterns = [
    path("", pages.Home.as_view(), name="home"),
    path("du-thao/moi/", edit.ask, name="ask"),
    path("du-thao/<str:public_id>/", pages.ConsultationPage.as_view(), name="consultation"),
    path("du-thao/<str:public_id>/bo/", edit.unask, name="unask"),
    path("tong-hop/moi/", edit.start, name="start"),
    path("tong-hop/<str:public_id>/", pages.PaperPage.as_view(), name="paper"),
    path("tong-hop/<str:public_id>/dua-vao/", edit.gather, name="gather"),
    path("tong-hop/<str:public_id>/gop/", edit.merge, name="merge"),
    path("tong-hop/<str:public_id>/bo/", edit.drop, name="drop"),
    path("tong-hop/<str:public_id>/gui/", edit.send, name="send"),
    path("tong-hop/<str:public_id>/diem/<str:key>/", edit.item, name="item"),
    path("tong-hop/<str:public_id>/diem/<str:key>/ket-qua/", edit.outcome, name="outcome"),
    path("tong-hop/<str:public_id>/nguon/<str:source>/tra-lai/", edit.release, name="release"),
    # The room's own address is the page above, not the first list.
    *urls("proposals")[1:],
]
