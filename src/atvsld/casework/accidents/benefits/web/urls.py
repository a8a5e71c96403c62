from __future__ import annotations

from django.urls import path

from atvsld.casework.accidents.benefits.web import calculator, edit, pages

app_name = "accident_benefits"
urlpatterns = [
    path("che-do/", pages.BenefitList.as_view(), name="list"),
    path("che-do/tinh/", calculator.Calculator.as_view(), name="calculator"),
    path("<str:public_id>/che-do/them/<str:victim_id>/", edit.reckon, name="reckon"),
    path("<str:public_id>/che-do/<str:key>/", pages.BenefitPage.as_view(), name="benefit"),
    path("<str:public_id>/che-do/<str:key>/cach-tinh/", edit.reckoning, name="reckoning"),
    path("<str:public_id>/che-do/<str:key>/quyet-dinh/", edit.decide, name="decide"),
    path("<str:public_id>/che-do/<str:key>/chi/", edit.pay, name="pay"),
    path("<str:public_id>/che-do/<str:key>/gui-ho-so/", edit.file, name="file"),
    path("<str:public_id>/che-do/<str:key>/bo/", edit.withdraw, name="withdraw"),
    path("<str:public_id>/che-do/<str:key>/chi/<str:payment>/bo/", edit.withdraw_payment, name="withdraw_payment"),
]
