from django.urls import path

from atvsld.portals.staff.web import home, search, why

app_name = "staff"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("tim-kiem/", search.Search.as_view(), name="search"),
    path("vi-sao/", why.Why.as_view(), name="why"),
]
