"""Moving employee data: *Medewerker gegevens verplaatsen*."""
