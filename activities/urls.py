"""Addresses of this app's public pages; wishes and volunteers have their own at the top."""

from django.urls import path

from activities import views

app_name = "activities"
urlpatterns = [
    path("activities/", views.activities, name="list"),
    path("activities/calendar.ics", views.calendar_feed, name="calendar"),
    path("activities/<int:pk>/", views.activity, name="detail"),
    path("volunteers/", views.volunteers, name="volunteers"),
    path("wishes/", views.wishes, name="wishes"),
    path("wishes/<int:pk>/", views.wish, name="wish"),
]
