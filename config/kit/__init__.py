"""Small tools any app may lean on, named by topic; none knows a model of this project."""
