"""Addresses of this app's public pages."""

app_name = "honours"
urlpatterns: list = []
