"""Plans brought in from files: a workbook in the outline's columns, or a Word document with headings and items."""
