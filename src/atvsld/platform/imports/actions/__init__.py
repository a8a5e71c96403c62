"""The life of an import: received, checked, confirmed or dropped, written, undone."""
