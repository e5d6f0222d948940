"""The document keeps its word: schemathesis, which knows nothing of the code, asks all it can think of."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from mingtang.api import openapi
from mingtang.trace import limits
from tests.portal import town

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


@pytest.fixture(autouse=True)
def _connection_stays() -> Iterator[None]:
    """The end of a request closes the connection, which here is the test's own: as Django's test client, prevent it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def application() -> Any:
    """The product as a server calls it."""
    served = get_wsgi_application()

    def asked(environ: dict[str, Any], start: Any) -> Any:
        return served({"REMOTE_ADDR": "127.0.0.1", **environ}, start)

    return asked


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["as promised", "otherwise"])
def test_every_answer_is_one_that_the_document_promises(mode: GenerationMode) -> None:
    town.build(25)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=application())
    asked: set[str] = set()
    for found in schema.get_all_operations():
        operation = found.ok()

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def keeps_its_word(case: schemathesis.Case) -> None:
            limits.forget()
            case.call_and_validate(headers={"Host": "127.0.0.1"})

        if mode is GenerationMode.POSITIVE or operation.query or operation.path_parameters:
            keeps_its_word()
            asked.add(operation.path)
    assert len(asked) >= 7


def test_the_document_is_openapi_with_every_endpoint_in_it() -> None:
    document = openapi.document()
    assert document["openapi"] == "3.1.0"
    names = {each["get"]["operationId"] for each in document["paths"].values()}
    assert {"records", "record", "columns", "column", "bodies", "body", "ledgers", "ledger", "ledger-item"} <= names
