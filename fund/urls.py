"""Addresses of this app's public pages."""

app_name = "fund"
urlpatterns: list = []
