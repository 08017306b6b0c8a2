"""Routes of the income of cohorts."""

from django.urls import path

from portal.monitoring.views import income

urlpatterns = [
    path("income/", income.listing, name="income"),
    path("income/statement/", income.statement, name="income-statement"),
    path("income/<int:pk>/", income.cohort, name="income-cohort"),
    path("income/<int:pk>/agree/", income.agree, name="income-agree"),
    path("income/<int:pk>/count/", income.count, name="income-count"),
    path("income/<int:pk>/prepare/", income.prepare, name="income-prepare"),
    path("income/<int:pk>/claim/", income.claim, name="income-claim"),
    path("income/<int:pk>/receive/", income.receive, name="income-receive"),
    path("income/<int:pk>/instruct/", income.instruct, name="income-instruct"),
    path("income/<int:pk>/pay/", income.pay, name="income-pay"),
    path("income/<int:pk>/claim/paper/", income.claim_paper, name="income-claim-paper"),
    path("income/<int:pk>/instruction/", income.instruction_paper, name="income-instruction-paper"),
]
