"""How unprecedented it is: what two states do with each other, against what they did before."""
