"""Which papers does the office print, with which choices, for whom?"""
