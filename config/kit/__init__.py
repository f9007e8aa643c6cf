"""Small tools any app may import, named by topic; none imports a model of this project."""
