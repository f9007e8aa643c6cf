"""The fictitious community that shows the program: every figure exact, every run the same."""
