"""Addresses of the briefings."""

from django.urls import path

from lianfang.rollup.briefings import views

app_name = "briefings"
urlpatterns = [
    path("", views.index, name="index"),
    path("new", views.new, name="new"),
    path("<uuid:pk>/", views.page, name="page"),
    path("<uuid:pk>/write", views.write, name="write"),
    path("<uuid:pk>/check", views.check, name="check"),
    path("<uuid:pk>/release", views.release, name="release"),
    path("<uuid:pk>/again", views.again, name="again"),
    *(
        path(f"<uuid:pk>/{kind}", views.paper, {"kind": kind}, name=kind)
        for kind in ("docx", "pdf", "png")
    ),
]
