"""The user-interface kit: shell, components, tables, errors. Knows no register and no case."""
