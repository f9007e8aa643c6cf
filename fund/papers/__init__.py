"""What is printed of the fund: the notice on the wall, receipts, vouchers, sheets to sign and to walk by."""

from fund.papers.notice import notice
from fund.papers.office import allowance_sheet, receipt, receipts, route_sheet, voucher

__all__ = ["allowance_sheet", "notice", "receipt", "receipts", "route_sheet", "voucher"]
