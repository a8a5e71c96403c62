"""The form as an Excel workbook, both ways: filled in by hand, read back cell by cell."""
