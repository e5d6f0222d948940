"""Make the stream append-only in the database itself, and lay its first (empty) end."""

from django.db import migrations

from mingtang.trace import guards


def lay_head(apps, editor):
    apps.get_model("trace", "Head").objects.get_or_create(id=1)


class Migration(migrations.Migration):
    dependencies = [("trace", "0001_initial")]

    operations = [
        migrations.RunPython(lay_head, migrations.RunPython.noop),
        migrations.RunPython(guards.install, guards.remove),
    ]
