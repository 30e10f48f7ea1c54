"""The workbook for the mail merge: writing, posting, opening, deleting."""
