"""Training of the network that finds attributions."""
