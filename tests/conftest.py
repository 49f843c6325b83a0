"""How hard the property tests try, and the databases every room may ask for.

The same examples on every run; `pytest --hypothesis-profile=search` looks further, with new ones each time.
"""

from hypothesis import settings

pytest_plugins = ["tests.stores"]

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60, stateful_step_count=30)
settings.register_profile("search", deadline=None, max_examples=3_000, stateful_step_count=60)
settings.load_profile("steady")
