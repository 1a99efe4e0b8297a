# Every command is in packaging/dev.py, so that Windows has the same ones: py packaging/dev.py demo
PYTHON ?= python3

.PHONY: demo test check bench faults install
demo test check bench faults install:
	@$(PYTHON) packaging/dev.py $@ $(ARGS)
