"""Making and changing columns of the portal."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import require
from mingtang.records.errors import Incomplete, NotDeletable
from mingtang.records.models import Column, Record
from mingtang.trace import actions as trace


@transaction.atomic
def save_column(column: Column, *, actor: Any, moment: datetime) -> Column:
    """Store a new or changed column; event `records.column_saved`."""
    require(actor, "records.columns", moment=moment)
    try:
        column.full_clean()
    except ValidationError as error:
        raise Incomplete({name: "".join(told) for name, told in error.message_dict.items()}) from error
    column.save()
    trace.record(
        "records.column_saved", column, actor=actor, moment=moment, data={"name": column.name, "path": column.path}
    )
    return column


@transaction.atomic
def delete_column(column: Column, *, actor: Any, moment: datetime) -> None:
    """Remove a column that holds nothing; event `records.column_deleted`."""
    require(actor, "records.columns", moment=moment)
    if Record.objects.filter(column=column).exists() or column.children.exists():
        raise NotDeletable(_("栏目下还有信息或下级栏目，请先移走再删除。"))
    trace.record(
        "records.column_deleted", column, actor=actor, moment=moment, data={"name": column.name, "path": column.path}
    )
    column.delete()
