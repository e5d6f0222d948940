"""Addresses of disclosure on request at the desk, below /desk/foi/."""

from django.urls import path

from mingtang.foi.desk import board, dossier, feed, follow, intake, letters, listing, redacting, show

app_name = "foi"
urlpatterns = [
    path("", board.board, name="board"),
    path("export.xlsx", listing.export, name="export"),
    path("new/", intake.intake, name="new"),
    path("calendar/", feed.feed, name="feed"),
    path("remedies/", follow.remedies, name="remedies"),
    path("proposals/", follow.proposals, name="proposals"),
    path("proposals/<int:pk>/record/", follow.open_record, name="open_record"),
    path("proposals/<int:pk>/decline/", follow.decline, name="decline"),
    path("<int:pk>/", show.request, name="request"),
    path("<int:pk>/similar/", follow.similar, name="similar"),
    path("<int:pk>/identity/", show.reveal, name="reveal"),
    path("<int:pk>/days/<int:place>/", show.count, name="count"),
    path("<int:pk>/calculator/", show.calculator, name="calculator"),
    path("parties/<int:pk>/identity/", show.reveal_party, name="reveal_party"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/preview.pdf", letters.preview, name="preview"),
    path("files/<uuid:pk>/", dossier.file, name="file"),
    path("files/<uuid:pk>/redact/", redacting.edit, name="redact"),
    path("files/<uuid:pk>/pages/<int:number>.png", redacting.picture, name="page"),
]
