"""Lists from spreadsheets: uploaded, checked row by row, looked at, and saved all or not at all."""
