"""Places and names to make people of."""

from typing import Final

# The digits of each place's postal codes begin here.
PLACES: Final = {
    "Utrecht": 3511,
    "Amsterdam": 1012,
    "Rotterdam": 3011,
    "Alkmaar": 1811,
    "Almelo": 7607,
    "Almere": 1315,
    "Amersfoort": 3811,
    "Apeldoorn": 7311,
    "Arnhem": 6811,
    "Assen": 9401,
    "Breda": 4811,
    "Delft": 2611,
    "Deventer": 7411,
    "Dordrecht": 3311,
    "Ede": 6711,
    "Eindhoven": 5611,
    "Emmen": 7811,
    "Enschede": 7511,
    "Gouda": 2801,
    "Groningen": 9711,
    "Haarlem": 2011,
    "Heerlen": 6411,
    "Helmond": 5701,
    "Hengelo": 7551,
    "Hilversum": 1211,
    "Hoorn": 1621,
    "Leeuwarden": 8911,
    "Leiden": 2311,
    "Lelystad": 8232,
    "Maastricht": 6211,
    "Middelburg": 4331,
    "Nijmegen": 6511,
    "Oss": 5341,
    "Roosendaal": 4701,
    "Sittard": 6131,
    "Tilburg": 5011,
    "Venlo": 5911,
    "Zaandam": 1506,
    "Zoetermeer": 2711,
    "Zwolle": 8011,
}
# fmt: off
FIRST_NAMES: Final = (
    "Sanne", "Daan", "Fatima", "Jörg", "Lotte", "Mehmet", "Anouk", "Zoë",
    "Bram", "Aylin", "Femke", "Jan", "Hélène", "Ruben", "Noor", "Youssef",
    "Eva", "Sem", "Noëlle", "Kees", "Samira", "Lars", "Iris", "Björn",
    "Maud", "Jeroen", "Esra", "Niels", "Fleur", "Omar", "Roos", "Wouter",
    "Naomi", "Teun", "Amina", "Joris", "Puck", "Chloé", "Hugo", "Merel",
    "Cem", "Liesbeth", "Mohamed", "Dewi", "André", "Saskia", "Milan", "Jip",
)
# What is written small before the last name is its prefix.
LAST_NAMES: Final = (
    "de Vries", "Jansen", "van den Berg", "Müller", "Yılmaz", "van 't Hof",
    "Bakker", "ter Horst", "Visser", "El Idrissi", "van der Meer", "Smit",
    "de Groot", "Çelik", "in 't Veld", "Mulder", "Peters", "van Leeuwen",
    "Ünal", "Dekker", "van Dijk", "Brouwer", "den Hartog", "Schröder",
    "Vermeulen", "van der Heijden", "Kuipers", "Nguyễn", "Postma", "de Wit",
    "Hoekstra", "van Beek", "Koster", "Prins", "op den Kamp", "Willems",
    "García", "van Vliet", "Huisman", "Bos", "Sørensen", "Scholten",
    "Öztürk", "van Dam", "Veenstra", "te Riet", "Verhoeven", "D'Angelo",
    "Molenaar", "Blom", "van Rijn", "Kramer", "van den Heuvel",
)
# fmt: on
