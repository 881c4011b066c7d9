"""What people see of a record: the brief in the terminal and the page in a browser."""
