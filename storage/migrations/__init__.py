"""How the tables came to be, one step a file. A step that has shipped is never edited."""
