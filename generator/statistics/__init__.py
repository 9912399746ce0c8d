"""What can be counted of the papers; pages and exports share it."""
