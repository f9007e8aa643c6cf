"""Addresses of this app's public pages."""

from django.urls import path

from fund import views

app_name = "fund"
urlpatterns = [
    path("", views.board, name="board"),
    path("lines/", views.lines, name="lines"),
    path("members/", views.members, name="members"),
    path("pots/", views.pots, name="pots"),
    path("statements/", views.statements, name="statements"),
    path("statements/<slug:number>/", views.statement, name="statement"),
]
