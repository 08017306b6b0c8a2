"""How other software speaks with the portal: VC-API, OpenID for credential issuance, Open Badges API."""
