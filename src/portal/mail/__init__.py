"""Mail: how it leaves, and on a machine for development the box that shows what would have left."""
