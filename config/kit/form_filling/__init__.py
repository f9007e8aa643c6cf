"""Fills in workbooks of other offices: placeholders become figures, row blocks grow, all else stays as it was.

template opens a form and finds its placeholders · unsupported names what a filled copy could not keep · references tells where
rows, ranges and formulas go · filling writes the copy. None imports a model.
"""
