"""Addresses of this app's public pages."""

from django.urls import path

from fund.board import feeds, views
from fund.disclosure.statements import downloads

app_name = "fund"
urlpatterns = [
    path("", views.board, name="board"),
    path("lines/", views.lines, name="lines"),
    path("members/", views.members, name="members"),
    path("notices/", views.notices, name="notices"),
    path("pots/", views.pots, name="pots"),
    path("questions/", views.questions, name="questions"),
    path("questions/ask/", views.ask, name="ask"),
    path("statements/", views.statements, name="statements"),
    path("statements/compare/", views.compare, name="compare"),
    path("feed.xml", feeds.statements, name="feed"),
    path("statements/<slug:number>/", views.statement, name="statement"),
    path("statements/<slug:number>/notice.pdf", downloads.notice_pdf, name="notice_pdf"),
    path("statements/<slug:number>/data.json", downloads.data_json, name="data_json"),
    path("statements/<slug:number>/data.csv", downloads.data_csv, name="data_csv"),
    path("statements/<slug:number>/data.xlsx", downloads.data_xlsx, name="data_xlsx"),
    path("verify/", downloads.verify, name="verify"),
    path("verify/<str:name>", downloads.verifier, name="verifier"),
]
