"""How a person's name, citizen ID number and telephone number are read, typed or imported, checked, kept and looked for."""
