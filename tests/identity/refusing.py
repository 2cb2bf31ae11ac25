"""Expects a refusal with one code that leaves the database as it was."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.identity.ledger import everything
from visavis.kernel.errors import Code, RefusedError
from visavis.storage.database import Database


@asynccontextmanager
async def refused(database: Database, code: Code) -> AsyncIterator[pytest.ExceptionInfo[RefusedError]]:
    """Expect the body to be refused with `code`, and nothing to change."""
    before = await everything(database)
    with pytest.raises(RefusedError) as caught:
        yield caught
    assert caught.value.code is code
    assert await everything(database) == before
