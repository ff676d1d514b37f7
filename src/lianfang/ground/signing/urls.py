"""Addresses of the papers that are signed."""

from django.urls import path

from lianfang.ground.signing import views

app_name = "signing"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("<uuid:key>/", views.sheet, name="sheet"),
    path("<uuid:key>/agree", views.agree, name="agree"),
    path("<uuid:key>/return", views.give_back, name="return"),
    path("<uuid:key>/instruct", views.instruct, name="instruct"),
    path("<uuid:key>/record", views.record, name="record"),
    path("decisions/<uuid:key>/undo", views.undo, name="undo"),
    path("decisions/<uuid:key>/object", views.object_to, name="object"),
]
