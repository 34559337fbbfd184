"""
What an editor decides of a night: which of the new articles are read, and in which order.

    choice    whose turn it is: newest first, and every source in its turn
    clusters  which articles tell one story, and what of one is news
    length    how long it will be
"""
