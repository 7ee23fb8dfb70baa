"""Reading what people write into a cell or a field: one file per kind of answer.

Every reader is a pure function that returns what it understood and, as text, what is left over. It never raises on any
string, and an empty text reads as unknown. The importers and the curators' forms read through the same functions.
"""
