"""How people come in, what they say about themselves, whom they lend their role, and how they leave."""
