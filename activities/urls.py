"""Addresses of this app's public pages."""

app_name = "activities"
urlpatterns: list = []
