"""Reports that reporters owe: drafted from the registers, submitted once, returned, corrected, accepted, locked."""
