"""Addresses of the ledger at the desk, below /desk/ledger/."""

from django.urls import path

from mingtang.ledger.desk import drafts, duty, imports, lists

app_name = "ledger"
urlpatterns = [
    path("", lists.index, name="index"),
    path("import/", imports.upload, name="upload"),
    path("imports/<int:pk>/", imports.progress, name="import"),
    path("imports/<int:pk>/file/", imports.source, name="source"),
    path("<int:pk>/draft/", drafts.overview, name="draft"),
    path("<int:pk>/draft/<int:number>/", drafts.item, name="item"),
    path("<int:pk>/look-back/", drafts.look_back, name="look_back"),
    path("<int:pk>/accuracy/", drafts.accuracy, name="accuracy"),
    path("tasks/<int:pk>/", drafts.task, name="task"),
    path("<int:pk>/", lists.duties, name="ledger"),
    path("<int:pk>/export.xlsx", lists.export, name="export"),
    path("<int:pk>/accept/", lists.accept, name="accept"),
    path("<int:pk>/answers/", lists.answers, name="answers"),
    path("duties/<int:pk>/", duty.duty, name="duty"),
    path("evidence/", lists.evidence, name="evidence"),
    path("evidence/<int:pk>/", duty.judge, name="judge"),
    path("evidence/<int:pk>/file/", duty.proof_file, name="proof_file"),
]
