"""What the rooms count fills the form: documents of the year, requests by row, the ledger item by item, fees."""

from datetime import date

import pytest

from mingtang.records import statistics as documents
from mingtang.records.models import Relation, RelationKind
from mingtang.reports import filling
from mingtang.reports.tests.conftest import County
from mingtang.trace import fulfilment, statistics

ROW = "normative_documents"


def count(year: int) -> dict[str, int]:
    cells = documents.count_documents(year, ("jyj",))
    return {column: cells.get((ROW, column), 0) for column in ("made", "repealed", "valid")}


def test_a_document_counts_where_it_was_made_where_it_ends_and_while_it_holds(county: County):
    old = {"document_number": "云旗教发〔2023〕7号", "made_on": date(2023, 5, 1), "validity": "valid"}
    first = county.signed(county.draft(title="旧办法（演示）", expires_on=date(2025, 3, 1), **old))
    county.published_document()
    assert count(2023) == {"made": 1, "repealed": 0, "valid": 1}
    assert count(2024) == {"made": 1, "repealed": 0, "valid": 2}
    assert count(2025) == {"made": 0, "repealed": 1, "valid": 1}
    assert [thing.label for thing in documents.documents_in(2023, None, ROW, "made")] == [
        "云旗教发〔2023〕7号 旧办法（演示）"
    ]
    Relation.objects.create(record=county.document, kind=RelationKind.REPEALS, to=first)
    assert count(2024) == {"made": 1, "repealed": 1, "valid": 1}


@pytest.mark.django_db
def test_every_row_of_the_form_is_counted_by_somebody_or_comes_by_file():
    asked = {(table, row) for table, row, _column in filling.leaves()}
    by_file = {row for table, row in asked if table == "norms" and filling.source_of(table, row) is None}
    assert by_file == {"licences", "penalties", "coercion", "charges"}
    for table, row, column in filling.leaves():
        source = filling.source_of(table, row)
        if source is not None:
            assert source.own(column) in {line.code for line in source.columns}
    assert [each.name for each in statistics.filling("fees")] == ["foi.fees"]
    assert fulfilment.lines(1999, None, date(2024, 1, 1)) == []
