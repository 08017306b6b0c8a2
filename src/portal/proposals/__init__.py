"""The course as it is proposed, examined, developed, approved and registered."""
