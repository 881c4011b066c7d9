"""News about relations between states, turned into a record that can be checked."""
