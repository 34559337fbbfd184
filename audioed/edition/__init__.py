"""
What an editor decides of a night: which of the new articles are read, and in which order.

    choice  whose turn it is: newest first, and every source in its turn
    length  how long it will be
"""
