"""Addresses of pages that span apps."""

from django.urls import path, re_path

from config.site import display, open_data, views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("branches/", views.branches, name="branches"),
    path("search/", views.search, name="search"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("open-data/", open_data.page, name="open_data"),
    path("open-data/programme.json", open_data.programme, name="programme"),
    path("open-data/people-helped/", open_data.helped, name="helped"),
    re_path(r"^display/(?P<size>large|normal)/$", display.display, name="display"),
]
