"""atvsld: provincial state management of occupational safety and hygiene in Viet Nam."""

__version__ = "2026.11.0"
