"""What an institution's administrator keeps: people, faculties, the calendar, signatories, sign-on."""
