"""The main job played in the terminal: from a staff list to an opened workbook."""
