PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install run test looks lint browser scans docs

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Acquis : création de l'environnement Python dans $(VENV) (une seule fois, quelques minutes)…"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Acquis : installation de PyTorch pour processeur, sauf s'il y en a déjà un…"
	@$(BIN)/python -c "import torch" 2>/dev/null || $(BIN)/pip install --constraint constraints.txt torch
	@echo "Acquis : installation des autres bibliothèques…"
	@$(BIN)/pip install --constraint constraints.txt --editable ".[test]"
	@touch $@

run: install
	@echo "Acquis : démarrage du service…"
	@$(BIN)/acquis serve

# A worker a core, four at most (each of those that drive a browser takes about 1 GB), and a thread a worker.
WORKERS := -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest $(WORKERS)

test: install browser scans
	$(BIN)/ruff check .
	$(PYTEST)

# Every state of every page in French and English, light and dark, wide and narrow; `make test` does so for most states.
looks: install browser
	$(PYTEST) --every-look tests/web/test_states_public.py tests/web/test_states_trusted.py

lint: install
	$(BIN)/ruff check .

# The browser tests drive Debian's Chromium; where it cannot be installed they are skipped, with the reason.
browser:
	@command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq chromium) >/dev/null 2>&1 || true

# Scanned PDFs are read by Tesseract; where it cannot be installed their tests are skipped, with the reason.
scans:
	@command -v tesseract >/dev/null || (apt-get update -qq && apt-get install -y -qq tesseract-ocr tesseract-ocr-fra) >/dev/null 2>&1 || true

# The documentation as a static site in build/site; a broken link or anchor stops it.
docs: install
	@$(BIN)/python -c "import material" 2>/dev/null || $(BIN)/pip install --constraint constraints.txt --editable ".[docs]"
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --clean
	@echo "Acquis : la documentation est dans build/site/index.html"
