"""The kinds of target that come with audioed, a protocol each."""
