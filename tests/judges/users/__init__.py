"""The minimal project's one app: who uses it, and who may ask."""
