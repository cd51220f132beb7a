"""Where a line that lost its breaks parts: one file a kind of border."""
