"""Addresses of this app's public pages."""

from django.urls import path

from honours import views

app_name = "honours"
urlpatterns = [
    path("", views.honours, name="list"),
    path("all/", views.all_honours, name="all"),
    path("education-point/", views.education_point, name="education-point"),
    path("education-point/books/", views.books, name="books"),
    path("education-point/visit/", views.visit, name="visit"),
]
