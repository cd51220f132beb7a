"""A run's tables in the formats of other tools. One format a module; `formats` knows them all."""
