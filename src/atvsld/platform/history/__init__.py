"""What happened to a record: every change, grouped by act; and recorded readings of sensitive fields."""
