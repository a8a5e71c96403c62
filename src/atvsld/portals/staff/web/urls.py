from django.urls import path

from atvsld.portals.staff.web import home, why

app_name = "staff"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("vi-sao/", why.Why.as_view(), name="why"),
]
