"""The wishes of the demo, whose steps tell how each came to where it is."""

import pytest

from activities.models import MiniWish
from config.kit import clock


@pytest.mark.django_db
def test_every_wish_of_the_demo_has_the_steps_that_its_state_tells(demo):
    least = {"closed": 5, "in_progress": 3, "posted": 1, "withdrawn": 2}
    for wish in MiniWish.objects.prefetch_related("steps"):
        steps = list(wish.steps.all())
        assert len(steps) == least[wish.state], wish
        assert [step.on for step in steps] == sorted(step.on for step in steps)
        assert all(step.on <= clock.today() for step in steps)
