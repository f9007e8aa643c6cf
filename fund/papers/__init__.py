"""What is printed of the fund: the notice on the wall, receipts, vouchers, sheets to sign and to walk by."""
