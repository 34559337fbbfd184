"""
Turns articles into a podcast that people want to listen to.

What the world may import: the nouns (`audioed.model`), the errors
(`audioed.errors`) and the line (`audioed.build`). Nothing is imported here, so
that `audioed --help` answers at once.
"""
