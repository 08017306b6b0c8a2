"""The pages of applications: the applicant's and those of staff."""
