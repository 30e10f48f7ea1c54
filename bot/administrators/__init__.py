"""The administrators: who begins, later also who is appointed."""
