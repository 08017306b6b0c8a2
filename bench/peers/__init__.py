"""The same ten rules and three limits, written the way each peer's users write them."""
