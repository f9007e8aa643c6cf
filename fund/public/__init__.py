"""What residents may read of the fund: masked lines, published statements, sums; no record goes out of here."""
