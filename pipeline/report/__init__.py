"""What people see of a run: in the terminal and as HTML."""
