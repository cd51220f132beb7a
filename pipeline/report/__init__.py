"""What people see of a run: in the terminal and, later, as HTML."""
