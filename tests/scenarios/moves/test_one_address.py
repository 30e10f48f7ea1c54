"""Two cards with one e-mail address: the two ways out where the clash shows."""

SEARCH = "Zoek op naam of nummer"
PIET = {"first_name": "Piet", "last_name": "Pietersen"}


def add_clash(company):
    """00104 has the login, 00900 the same address: (login id, new card)."""
    login_id = company.cards.add_login(
        card={"number": "00104", "email": "samen@example.nl"} | PIET
    )
    return login_id, company.cards.add_card(
        number="00900", email="samen@example.nl", **PIET
    )


def test_who_lacks_a_login_for_it_gets_that_of_the_other_card(company):
    login_id, new = add_clash(company)
    bram = company.bram
    bram.types("/personeel logins utrecht")
    bram.sees("Stamkaarten:")
    bram.chooses(SEARCH, "Piet Pietersen · 00900", typing="00900")
    bram.sees("Twee uitwegen")
    bram.presses("Gegevens verplaatsen")
    bram.sees("De login gaat naar stamkaart 00900")
    bram.sees("De medewerker blijft inloggen als samen@example.nl.")
    bram.submits()
    bram.sees("Verplaatst:")
    assert company.cards.login(login_id).record_card_id == new
    assert company.cards.login(login_id).credential_version == 1


def test_the_list_of_who_is_left_out_leads_there_in_its_own_place(company):
    login_id, new = add_clash(company)
    ursula = company.ursula
    ursula.types("/personeel logins utrecht")
    ursula.presses("Maak werknemerslogins aan")
    ursula.presses("Toon lijst")
    ursula.sees("Twee uitwegen")
    ursula.presses("Stamkaarten van Piet Pietersen vergelijken")
    ursula.sees("De login gaat naar stamkaart 00900")
    ursula.submits()
    ursula.sees("Verplaatst:")
    assert company.cards.login(login_id).record_card_id == new


def test_a_closed_card_is_found_as_such(company):
    add_clash(company)
    bram = company.bram
    bram.types("/personeel logins utrecht")
    bram.sees("Stamkaarten:")
    bram.chooses(SEARCH, "Piet Pietersen · 00900", typing="00900")
    bram.presses("Gegevens verplaatsen")
    bram.sees("De login gaat naar")
    bram.submits()
    bram.sees("Verplaatst:")
    bram.closes()
    bram.types("/personeel logins utrecht")
    bram.sees("Stamkaarten: 1")
    bram.chooses(SEARCH, "Piet Pietersen · 00104", typing="00104")
    bram.sees("Deze stamkaart is gesloten")
    bram.sees("zijn verplaatst naar stamkaart 00900.")
