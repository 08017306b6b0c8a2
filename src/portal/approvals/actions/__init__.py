"""What people do with committees, meetings and items."""
