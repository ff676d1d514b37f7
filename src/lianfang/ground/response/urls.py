"""Names of the screens."""

from django.urls import path

from lianfang.ground.response import views

app_name = "response"
urlpatterns = [
    path("", views.situation, name="situation"),
    path("enter/<slug:what>", views.change, name="change"),
    path("pack", views.pack, name="pack"),
    path("pack/amend", views.amend, name="amend"),
    path("pack/stricter", views.tighten, name="tighten"),
    path("pack/stricter/<str:code>/<str:path>", views.lift, name="lift"),
]
