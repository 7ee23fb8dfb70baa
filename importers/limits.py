"""How much of a file is read before it is refused. Far above any list of offers, far below what could do harm.

This file is also read by the process that opens workbooks, so it imports nothing.
"""

MAX_BYTES = 40_000_000
MAX_UNPACKED = 50_000_000
"""Sum of what the members of an XLSX or ODS archive say they unpack to."""
MAX_MEMBERS = 200
MAX_RATIO = 100
"""Unpacked to packed; a real sheet reaches about 30."""
MAX_ROWS = 20_000
"""Rows that hold anything."""
MAX_COLUMNS = 200
MAX_CELL = 20_000
"""Characters kept of one cell."""
MAX_TEXT = 80_000_000
"""Characters of all cells of a workbook: a text shared by many cells counts every time."""
MAX_SHEETS = 20
MEMORY = 512 * 1024 * 1024
"""Address space of the process that opens workbooks, in bytes."""
SECONDS = 30
"""Processor time of that process."""
