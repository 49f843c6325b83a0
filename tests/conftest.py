"""How hard the property tests try: the same examples on every run, and a longer search when asked for.

`pytest --hypothesis-profile=search` looks further, with new examples each time.
"""

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60, stateful_step_count=40)
settings.register_profile("search", deadline=None, max_examples=3_000, stateful_step_count=60)
settings.load_profile("steady")
