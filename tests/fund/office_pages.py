"""Addresses and forms of the office pages."""

from django.urls import reverse


def act_address(record, act):
    name = f"admin:fund_{record._meta.model_name}_transition"
    return reverse(name, args=[record.pk, act])
