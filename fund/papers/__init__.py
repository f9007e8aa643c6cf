"""What is printed of the fund: the notice on the wall, receipts, vouchers, sheets to sign and to walk by."""

from fund.papers.notice import notice

__all__ = ["notice"]
