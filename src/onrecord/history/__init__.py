"""What is on record of the past: datasets that others publish, and chronologies, as dated observations."""
