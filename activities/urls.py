"""Addresses of this app's public pages; wishes, volunteers and certificates have their own at the top."""

from django.urls import path

from activities.evenings import views as evening_views
from activities.events import views as event_views
from activities.signups import views as signup_views
from activities.volunteers import views as volunteer_views
from activities.wishes import views as wish_views

app_name = "activities"
urlpatterns = [
    path("activities/", event_views.activities, name="list"),
    path("activities/calendar.ics", event_views.calendar_feed, name="calendar"),
    path("activities/calendar/branch-<int:pk>.ics", event_views.branch_calendar, name="branch_calendar"),
    path("activities/month/", event_views.month, name="month"),
    path("activities/month/<int:year>/<int:month>/", event_views.month, name="month"),
    path("activities/month/<int:year>/<int:month>/poster.pdf", event_views.month_poster, name="month_poster"),
    path("activities/<int:pk>/calendar.ics", event_views.event_calendar, name="event_calendar"),
    path("activities/<int:pk>/sign-up/", signup_views.sign_up_page, name="sign_up"),
    path("activities/<int:pk>/sign-up/cancel/", signup_views.find_signup, name="find_signup"),
    path("activities/<int:pk>/sign-up/<slug:code>/", signup_views.signed_up_page, name="signed_up"),
    path("activities/<int:pk>/", evening_views.activity, name="detail"),
    path("activities/villages/", evening_views.villages, name="villages"),
    path("volunteers/", volunteer_views.volunteers, name="volunteers"),
    path("certificates/<slug:number>/<slug:code>/", volunteer_views.certificate, name="certificate"),
    path("wishes/", wish_views.wishes, name="wishes"),
    path("wishes/new/", wish_views.new_wish, name="new_wish"),
    path("wishes/<int:pk>/", wish_views.wish, name="wish"),
]
