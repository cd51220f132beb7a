"""The marks that end a statement in the scripts that the web is written in."""

FULL_STOPS = ".。．｡।॥۔։።။។៕།᠃᠉᱾꯫܀"

OTHER_STOPS = FULL_STOPS.translate(str.maketrans("", "", ".。．｡"))
"""Those that no Latin, Greek, Cyrillic, Han or kana stands before."""
