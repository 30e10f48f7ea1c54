"""Letters to employees, as far as administrators hear of them."""
