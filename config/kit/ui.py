"""Template tags of every page: money and the components of templates/ui/."""

from django import template

from config.kit import money

register = template.Library()


@register.filter
def yuan(amount):
    return "" if amount is None else money.yuan(amount)


@register.filter
def capitals(amount):
    return "" if amount is None else money.in_capitals(amount)
