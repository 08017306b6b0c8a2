"""What people and gateways do with orders, each in one transaction with its entry in the register."""

from portal.payments.actions.closing import cancel_order, refund, withdraw_order
from portal.payments.actions.distribution import name_receiver, pay_out
from portal.payments.actions.ordering import place_order
from portal.payments.actions.paying import look_again, receive_report, start_payment
from portal.payments.actions.settling import record_payment

__all__ = [
    "cancel_order",
    "look_again",
    "name_receiver",
    "pay_out",
    "place_order",
    "receive_report",
    "record_payment",
    "refund",
    "start_payment",
    "withdraw_order",
]
