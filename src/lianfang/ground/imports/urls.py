"""Addresses of the imports."""

from django.urls import path

from lianfang.ground.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>/", views.bring, name="bring"),
    path("<slug:code>/template.xlsx", views.template, name="template"),
    path("files/<uuid:key>/", views.upload, name="upload"),
    path("files/<uuid:key>/carry-out", views.carry_out, name="carry_out"),
    path("files/<uuid:key>/rejected.xlsx", views.rejected, name="rejected"),
]
