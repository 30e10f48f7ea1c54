"""The encrypted workbook in the admin channel: opening it, and its end."""
