"""Why an act with money or a statement is refused: one pure function a rule; facts come in as arguments."""
