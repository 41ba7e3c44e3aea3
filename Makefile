# Thin verbs; what they do is in tests/local. `make` alone lists them. ARGS="..." is handed on.
PYTHON ?= python3

.PHONY: help run down logs test check audit bench deploy
.DEFAULT_GOAL := help

help:
	@$(PYTHON) tests/local help

run down logs test check audit bench deploy:
	@$(PYTHON) tests/local $@ -- $(ARGS)
