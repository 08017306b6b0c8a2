"""Lists as files: the same rows that a page shows, as XLSX or CSV."""
