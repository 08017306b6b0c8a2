"""The routes of payments."""

from django.urls import path

from portal.payments.views import orders, paying, staff

app_name = "payments"
urlpatterns = [
    path("", orders.mine, name="mine"),
    path("queue/", staff.queue, name="queue"),
    path("statement/", staff.statement, name="statement"),
    path("statement.pdf", staff.statement_paper, name="statement_paper"),
    path("report/", paying.report, name="report"),
    path("sandbox/<str:reference>/", paying.sandbox, name="sandbox"),
    path("parts/<int:pk>/", orders.name_receiver, name="name_receiver"),
    path("<int:pk>/", orders.order, name="order"),
    path("<int:pk>/receipt.pdf", orders.receipt, name="receipt"),
    path("<int:pk>/record/", orders.record, name="record"),
    path("<int:pk>/cancel/", orders.cancel, name="cancel"),
    path("<int:pk>/refund/", orders.refund, name="refund"),
    path("<int:pk>/pay/", paying.start, name="start"),
    path("<int:pk>/leave/", paying.leave, name="leave"),
    path("<int:pk>/returned/", paying.returned, name="returned"),
    path("<int:pk>/look/", paying.look, name="look"),
]
