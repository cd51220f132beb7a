"""What takes all documents: two passes over the units, what they tell together, the tables of OUT."""
