"""The addresses of the public catalogue; they stand in emails and on brochures."""

from django.urls import path

from portal.offerings.views import learn

app_name = "learn"

urlpatterns = [
    path("", learn.catalogue, name="catalogue"),
    path("sitemap.xml", learn.sitemap, name="sitemap"),
    path("feed.xml", learn.feed, name="feed"),
    path("guides/<slug:code>/", learn.guides, name="guides"),
    path("guides/<slug:code>/<slug:topic>/", learn.guide, name="guide"),
    path("offerings/<int:pk>/", learn.offering, name="offering"),
    path("<int:pk>/", learn.course, name="course"),
    path("<int:pk>/course.jsonld", learn.course_data, name="course-data"),
    path("<int:pk>/ctdl.jsonld", learn.ctdl, name="ctdl"),
    path("<int:pk>/brochure.pdf", learn.brochure, name="brochure"),
]
