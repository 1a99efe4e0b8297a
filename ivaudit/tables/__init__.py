"""Spreadsheet cells in and out: bounded when reading, safe for text when writing."""
