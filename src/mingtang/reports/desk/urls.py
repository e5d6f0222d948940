"""Addresses of annual reports at the desk, below /desk/annual-reports/."""

from django.urls import path

from mingtang.reports.desk import board, comparing, show, writing

app_name = "reports"
urlpatterns = [
    path("", board.board, name="board"),
    path("compare/", comparing.compare, name="compare"),
    path("<int:year>/import/", writing.import_numbers, name="import"),
    path("<int:year>/chase/", board.chase, name="chase"),
    path("<int:year>/open/<slug:code>/", board.open_report, name="open"),
    path("report/<int:pk>/", show.report, name="report"),
    path("report/<int:pk>/numbers/<slug:table>/<slug:row>/<slug:column>/", show.cell, name="cell"),
    path("report/<int:pk>/texts/", writing.texts, name="texts"),
    path("report/<int:pk>/texts/narrate/", writing.narrate, name="narrate"),
    path("report/<int:pk>/texts/<int:number>/", writing.text, name="text"),
    path("report/<int:pk>/problems/", writing.problems, name="problems"),
    path("report/<int:pk>/problems/<int:problem>/drop/", writing.drop_problem, name="drop_problem"),
    path("report/<int:pk>/check/", show.check, name="check"),
    path("report/<int:pk>/story/", show.story, name="story"),
    path("report/<int:pk>/remarks/<int:remark>/", show.answer, name="answer"),
    path("report/<int:pk>/return/", show.give_back, name="give_back"),
    path("report/<int:pk>/reopen/", show.reopen, name="reopen"),
    path("report/<int:pk>/members/", comparing.members, name="members"),
    path("report/<int:pk>/members/gather/", comparing.gather, name="gather"),
    path("report/<int:pk>/members/exclusions/<int:exclusion>/drop/", comparing.drop_exclusion, name="drop_exclusion"),
    path("report/<int:pk>/trend/", comparing.trend, name="trend"),
    path("report/<int:pk>/do/<slug:name>/", show.act, name="act"),
]
