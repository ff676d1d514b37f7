"""Addresses of the board, and of the start."""

from django.urls import path

from lianfang.ground.web import addresses as _addresses  # noqa: F401 - registers <day:…>
from lianfang.rollup.board import views

app_name = "board"
urlpatterns = [
    path("", views.home, name="home"),
    path("board/", views.today, name="today"),
    path("liaison/", views.liaison, name="liaison"),
    path("board/live", views.live, name="live"),
    path("board/<day:day>/<slug:figure>/", views.drill, name="drill_all"),
    path("board/<day:day>/<slug:figure>/<str:unit>/", views.drill, name="drill"),
]
