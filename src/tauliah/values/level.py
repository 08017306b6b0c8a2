"""Qualification levels of the Malaysian Qualifications Framework, as the guidelines group them."""

UNDERGRADUATE = ("certificate", "diploma", "advanced_diploma", "bachelor")
"""Prasiswazah."""

POSTGRADUATE = ("master", "doctorate")
"""Pascasiswazah."""
