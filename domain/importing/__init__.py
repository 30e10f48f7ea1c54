"""Staff lists from Excel: reading, previewing, applying."""
