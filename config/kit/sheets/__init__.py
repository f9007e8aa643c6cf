"""How office workbooks are read and written: `.xlsx`, `.xls` and `.csv` as they arrive, refused rows to go back.

book is an opened workbook · reading opens an upload safely · header finds the header row · tables walks the rows under it · values reads a cell as a
date, an amount or a code · records puts a reading together · refused writes what must be corrected. None imports a model.
"""
