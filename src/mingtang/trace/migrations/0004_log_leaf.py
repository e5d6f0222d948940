"""The leaves of the transparency log, append-only like the stream they come from."""

from functools import partial

from django.db import migrations, models

from mingtang.trace import guards


class Migration(migrations.Migration):
    dependencies = [("trace", "0003_only_append")]

    operations = [
        migrations.CreateModel(
            name="LogLeaf",
            fields=[
                ("index", models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name="编号")),
                ("event_seq", models.PositiveBigIntegerField(unique=True, verbose_name="事件序号")),
                ("entry", models.BinaryField(verbose_name="条目")),
            ],
            options={
                "verbose_name": "透明日志条目",
                "verbose_name_plural": "透明日志条目",
                "ordering": ["index"],
            },
        ),
        migrations.RunPython(
            partial(guards.install, table=guards.LEAVES), partial(guards.remove, table=guards.LEAVES)
        ),
    ]
