"""From annotated text to the networks that the package ships; `python -m training.events.run --help`."""
