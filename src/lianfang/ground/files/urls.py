"""Names of the addresses."""

from django.urls import path

from lianfang.ground.files import views

app_name = "files"
urlpatterns = [
    path("<uuid:pk>", views.download, name="download"),
    path("<uuid:pk>/picture", views.picture, name="picture"),
    path("<uuid:pk>/small", views.small, name="small"),
]
