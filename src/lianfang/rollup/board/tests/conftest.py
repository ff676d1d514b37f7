from collections.abc import Iterator

import pytest
from django.utils import translation

from lianfang.rollup.reports.tests.conftest import afternoon, checker, leader, response, sign_in

__all__ = ["afternoon", "checker", "leader", "response", "sign_in"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Let the queries of these tests speak English."""
    with translation.override("en"):
        yield
