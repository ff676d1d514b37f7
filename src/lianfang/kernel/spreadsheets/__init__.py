"""Tables in spreadsheets: read whole or refused with reasons, written so that text stays text.

`reading.read` takes a file by a `tables.Table` of `kinds`; `writing` makes files.
This module imports nothing, because the child process that opens foreign files starts from it.
"""
