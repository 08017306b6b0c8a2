"""Background work: the worker, what happens when one dies, what repeats, and what is sent once."""
