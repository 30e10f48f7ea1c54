"""*Logboek*: what administrators, employees and Sleutelbos itself did."""
