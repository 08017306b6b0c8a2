"""Messages to people, in the portal and by email, in their language."""
