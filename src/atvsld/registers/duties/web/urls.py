from __future__ import annotations

from django.urls import path

from atvsld.registers.duties.web import feed, pages

app_name = "duties"
urlpatterns = [
    path("", pages.DutyList.as_view(), name="list"),
    path("lich/", feed.FeedPage.as_view(), name="feed"),
    path("lich/lap/", feed.make, name="make_feed"),
    path("lich/huy/", feed.revoke, name="revoke_feed"),
    path("lich/<str:token>.ics", feed.calendar_file, name="calendar"),
    path("<str:public_id>/", pages.DutyPage.as_view(), name="duty"),
]
