"""Tokens of other systems, what they had signed, offers to wallets, and what backpacks brought."""

from portal.exchange.models.backpack import BroughtCredential, BroughtProfile
from portal.exchange.models.token import ApiToken, Question, SignedCredential
from portal.exchange.models.wallet import Offer, WalletNonce, WalletToken

__all__ = [
    "ApiToken",
    "BroughtCredential",
    "BroughtProfile",
    "Offer",
    "Question",
    "SignedCredential",
    "WalletNonce",
    "WalletToken",
]
