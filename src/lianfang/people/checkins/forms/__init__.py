"""What is answered on the phone and typed in the clerk's grid, read into plain values."""

from lianfang.people.checkins.forms.chat import ChatForm
from lianfang.people.checkins.forms.fill import FillForm
from lianfang.people.checkins.forms.grid import Base, RowForm, rows

__all__ = ["Base", "ChatForm", "FillForm", "RowForm", "rows"]
