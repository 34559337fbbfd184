"""The engines that ship with audioed, declared in pyproject.toml under `audioed.engines`."""
