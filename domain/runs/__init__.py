"""Branch-wide acts that hand out passwords, row by row, resumable."""
