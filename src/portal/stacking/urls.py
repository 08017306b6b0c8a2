"""Routes of goals and of what counts toward them."""

from django.urls import path

from portal.stacking.views import learner, staff

app_name = "stacking"

urlpatterns = [
    path("", learner.mine, name="mine"),
    path("new/", learner.new, name="new"),
    path("<int:pk>/", learner.goal, name="goal"),
    path("<int:pk>/give-up/", learner.give_up, name="give_up"),
    path("<int:pk>/portfolio.pdf", learner.print_portfolio, name="portfolio"),
    path("elsewhere/new/", learner.outside, name="outside_new"),
    path("elsewhere/<int:pk>/", learner.outside, name="outside"),
    path("elsewhere/<int:pk>/remove/", learner.remove_outside, name="remove_outside"),
    path("learners/", staff.learners, name="learners"),
    path("learners/<int:pk>/", staff.learner, name="learner"),
    path("learners/<int:pk>/prescribe/", staff.prescribe, name="prescribe"),
    path("learners/<int:pk>/earlier/", staff.allow_earlier, name="allow_earlier"),
    path("prescribed/<int:pk>/", staff.prescribed, name="prescribed"),
]
