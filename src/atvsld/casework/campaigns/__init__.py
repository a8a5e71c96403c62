"""Campaign months: opened each year, told of by each body and establishment."""
