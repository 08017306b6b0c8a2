"""Credit transfer: from a student's claims to an explained decision."""
