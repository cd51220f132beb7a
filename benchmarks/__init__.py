"""What README claims, as commands anyone can run."""
