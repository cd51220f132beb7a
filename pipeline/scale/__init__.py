"""Engines that do the units of a run side by side."""
