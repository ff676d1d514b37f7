"""Addresses of the demo; in an installation that is none they are not found."""

from django.urls import path

from lianfang.drills.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.home, name="home"),
    path("as/<slug:username>", views.play, name="play"),
    path("clock", views.move, name="move"),
]
