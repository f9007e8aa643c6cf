"""What a person may type about the fund; each form asks the rules of the act it prepares, for friendly refusals."""
