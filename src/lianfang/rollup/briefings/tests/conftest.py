"""What the tests of briefings share: an issued daily situation from which a text can quote."""

from lianfang.rollup.reports.tests.conftest import (  # noqa: F401 - fixtures
    afternoon,
    checker,
    leader,
    response,
    sign_in,
)
