"""What a victim is owed after an accident: reckoned by the law, decided, paid, filed."""
