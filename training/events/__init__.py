"""Training of the network that reads pairs of actors."""
