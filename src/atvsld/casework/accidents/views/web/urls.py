from __future__ import annotations

from django.urls import path

from atvsld.casework.accidents.views.web import book, charted, lists, sharing

app_name = "accident_views"
urlpatterns = [
    path("viec/", lists.WorkList.as_view(), name="work"),
    path("so-thong-ke/", book.book, name="book"),
    path("ban-do/", charted.CaseMap.as_view(), name="map"),
    path("tim-nguoi/", lists.find_person, name="find_person"),
    path("<str:public_id>/moi-xem/", sharing.invite, name="invite"),
    path("<str:public_id>/moi-xem/<str:invitation>/thoi/", sharing.revoke, name="revoke"),
    path("<str:public_id>/chuyen/", sharing.transfer, name="transfer"),
    path("<str:public_id>/chuyen-co-quan/", sharing.hand_over, name="hand_over"),
    path("<str:public_id>/cung-vu/", sharing.join, name="join"),
]
