"""Codes of units and of sites: every address that names one is made of them."""

from lianfang.kernel import codes
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.spreadsheets.problems import SENTENCES


def safe(code: str) -> str:
    """Return a code that can stand in an address, or say which ones can."""
    if not codes.is_safe(code):
        raise BadInput(SENTENCES["bad_code"], field="code")
    return code
