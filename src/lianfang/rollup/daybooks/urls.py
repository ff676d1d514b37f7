"""Addresses of the workbooks."""

from django.urls import path

from lianfang.ground.web import addresses as _addresses  # noqa: F401 - registers <day:…>
from lianfang.rollup.daybooks.views import days, returns

app_name = "daybooks"
urlpatterns = [
    path("", days.index, name="index"),
    path("bring", returns.bring, name="bring"),
    path("returned/<uuid:back>/", returns.returned, name="returned"),
    path("returned/<uuid:back>/settle", returns.settle, name="settle"),
    path("returned/<uuid:back>/remarks", returns.remarks, name="remarks"),
    path("<day:day>/", days.of_day, name="day"),
    path("<day:day>/give", days.give_all, name="give_all"),
    path("<day:day>/<str:code>/", days.unit, name="unit"),
    path("<day:day>/<str:code>/give", days.give, name="give"),
    path("<day:day>/<str:code>/bring", returns.bring_here, name="bring_here"),
]
