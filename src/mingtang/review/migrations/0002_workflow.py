"""Lay the workflow of three levels."""

from django.db import migrations

from mingtang.review import setup


def lay(apps, editor):
    setup.lay(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0001_initial"),
        ("records", "0002_life"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
