"""The whole dataset in the browser, by a server on this machine, with a reviewer's corrections."""
