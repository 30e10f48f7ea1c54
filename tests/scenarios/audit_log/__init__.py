"""*Logboek*: looked through, filtered, exported."""
