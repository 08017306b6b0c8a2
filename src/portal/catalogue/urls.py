"""Routes of the catalogue."""

from django.urls import path

from portal.catalogue.views import courses, options, programmes, scales, students

app_name = "catalogue"

urlpatterns = [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/new/", programmes.programme_new, name="programme_new"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("programmes/<int:pk>/edit/", programmes.programme_edit, name="programme_edit"),
    path("programmes/<int:pk>/retire/", programmes.programme_retire, name="programme_retire"),
    path("programmes/<int:pk>/plan/add/", programmes.plan_add, name="plan_add"),
    path("programmes/<int:pk>/plan/<int:entry>/remove/", programmes.plan_remove, name="plan_remove"),
    path("courses/", courses.courses, name="courses"),
    path("courses/new/", courses.course_new, name="course_new"),
    path("courses/options/", options.course_options, name="course_options"),
    path("courses/<int:pk>/", courses.course, name="course"),
    path("courses/<int:pk>/edit/", courses.course_edit, name="course_edit"),
    path("courses/<int:pk>/retire/", courses.course_retire, name="course_retire"),
    path("scales/", scales.scales, name="scales"),
    path("scales/new/", scales.scale_new, name="scale_new"),
    path("scales/<int:pk>/", scales.scale, name="scale"),
    path("scales/<int:pk>/edit/", scales.scale_edit, name="scale_edit"),
    path("students/", students.students, name="students"),
    path("students/<int:pk>/", students.student, name="student"),
    path("students/<int:pk>/edit/", students.student_edit, name="student_edit"),
    path("students/<int:pk>/results/new/", students.result_new, name="result_new"),
    path("students/<int:pk>/results/<int:result>/edit/", students.result_edit, name="result_edit"),
    path("students/<int:pk>/results/<int:result>/remove/", students.result_remove, name="result_remove"),
]
