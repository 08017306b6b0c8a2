"""Routes of committees, meetings and items."""

from django.urls import path

from portal.approvals.views import committees, items, meetings, papers, recording

app_name = "approvals"

urlpatterns = [
    path("", items.listing, name="items"),
    path("put/", items.put, name="put"),
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/paper/", papers.item_paper, name="paper"),
    path("items/<int:pk>/minutes/", papers.item_minutes, name="item-minutes"),
    path("meetings/", meetings.listing, name="meetings"),
    path("meetings/new/", meetings.new, name="meeting-new"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", meetings.edit, name="meeting-edit"),
    path("meetings/<int:pk>/arrange/", meetings.arrange, name="arrange"),
    path("meetings/<int:pk>/call/", meetings.call, name="call"),
    path("meetings/<int:pk>/cancel/", meetings.cancel, name="cancel"),
    path("meetings/<int:pk>/record/", recording.record, name="record"),
    path("meetings/<int:pk>/agenda/", papers.agenda, name="agenda"),
    path("meetings/<int:pk>/minutes/", papers.minutes, name="minutes"),
    path("committees/", committees.listing, name="committees"),
    path("committees/new/", committees.new, name="committee-new"),
    path("committees/<int:pk>/", committees.committee, name="committee"),
    path("committees/<int:pk>/edit/", committees.edit, name="committee-edit"),
    path("committees/<int:pk>/members/add/", committees.add_member, name="member-add"),
    path("committees/<int:pk>/members/<int:member>/remove/", committees.remove_member, name="member-remove"),
]
