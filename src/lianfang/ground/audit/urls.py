"""Names of the screens."""

from django.urls import path

from lianfang.ground.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.trail, name="trail"),
    path("copy", views.copy, name="copy"),
    path("own/", views.own, name="own"),
]
