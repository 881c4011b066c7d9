"""The network that reads military items: from our own sentences to what the package ships."""
