"""*Importeren*: a staff list into the record cards, looked at before it goes in."""
