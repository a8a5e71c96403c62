"""Background work in the same database: queue, schedule, rescue of killed workers."""
