"""Close SQLite's way around the guards: replacing a row by inserting another in its place."""

from django.db import migrations

from mingtang.trace import guards


class Migration(migrations.Migration):
    dependencies = [("trace", "0002_guards")]

    operations = [migrations.RunPython(guards.install_insert, guards.remove_insert)]
