"""The demonstration: institutions, people and applications in every state, made through the real actions."""
