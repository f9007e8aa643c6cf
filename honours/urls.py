"""Addresses of this app's public pages."""

from django.urls import path

from honours.awards import views as award_views
from honours.bookroom import views as book_views
from honours.education_point import views as point_views

app_name = "honours"
urlpatterns = [
    path("", award_views.honours, name="list"),
    path("all/", award_views.all_honours, name="all"),
    path("education-point/", point_views.education_point, name="education-point"),
    path("education-point/books/", book_views.books, name="books"),
    path("education-point/visit/", point_views.visit, name="visit"),
]
