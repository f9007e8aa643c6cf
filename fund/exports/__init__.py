"""The columns and rows of money for the yearly reports: accounts (R5, R7), help and allowance (R6, R7), gifts.

accounts reads month totals alone · help reads cases, rounds and allowance runs · gifts is the donation register.
"""
