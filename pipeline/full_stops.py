"""The marks that end a statement, in the scripts of the world (Unicode's Sentence_Terminal without ? and !)."""

FULL_STOPS = ".。．｡।॥۔։።။។།᠃᠉᱾"

OTHER_STOPS = FULL_STOPS.translate(str.maketrans("", "", ".。．｡"))
"""Those that no Latin, Greek, Cyrillic, Han or kana stands before."""
