# Everything starts here: `make run` and `make test` need Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
PYTEST_ARGS ?=
# Two test processes suit two cores; 0 turns parallel running off.
PYTEST_PROCESSES ?= 2
# Nothing of another project's set-up may leak into ours.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME DJANGO_SETTINGS_MODULE

VENV := .venv/bin
ENVIRONMENT := $(PYTHON) tools/environment.py
COMPILE := $(ENVIRONMENT) uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header pyproject.toml

.PHONY: help run test coverage lint types format bench lock assets wheel clean dev browser

help: ## Các lệnh
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Cài đặt (lần đầu) và chạy tất cả với tỉnh mẫu; PORT, HOST, ATVSLD_HOME, DATABASE_URL tùy chọn
	@$(ENVIRONMENT) run
	@$(VENV)/python tools/assets.py
	@exec $(VENV)/atvsld run

test: dev assets ## Cài đặt và chạy mọi kiểm tra: ruff, mypy, ranh giới các vòng, pytest (cả trình duyệt)
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports
	@$(VENV)/python -m tests.browser
	$(VENV)/python -m pytest -n $(PYTEST_PROCESSES) --dist loadfile $(PYTEST_ARGS)

coverage: dev assets ## Chạy kiểm thử và đo độ phủ (chậm hơn)
	@$(VENV)/python -m tests.browser
	$(VENV)/python -m pytest -n $(PYTEST_PROCESSES) --dist loadfile --cov --cov-report=term:skip-covered $(PYTEST_ARGS)

lint: dev ## ruff và ranh giới các vòng
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/lint-imports

types: dev ## mypy --strict
	$(VENV)/mypy

format: dev ## Sửa định dạng mã nguồn
	$(VENV)/ruff check --fix-only --quiet .
	$(VENV)/ruff format .

bench: dev assets ## Đo tốc độ: nhập, báo cáo, trang danh sách (in tỷ lệ so với SQL thuần)
	$(VENV)/python -m bench

lock: ## Tính lại các tệp khóa phiên bản từ pyproject.toml
	$(COMPILE) --group assets --output-file requirements/run.txt
	$(COMPILE) --group assets --group dev --output-file requirements/dev.txt

assets: ## Cài gói giao diện, phông chữ; dựng biểu tượng; dịch .po
	@test -x $(VENV)/python || $(ENVIRONMENT) run
	@$(VENV)/python tools/assets.py

wheel: assets ## Đóng gói dist/*.whl gồm cả giao diện và phông chữ
	$(ENVIRONMENT) uv build --wheel --no-build-isolation --python $(VENV)/python

browser: dev ## Tìm hoặc cài Chromium cho kiểm thử
	@$(VENV)/python -m tests.browser

dev:
	@$(ENVIRONMENT) dev

clean: ## Xóa môi trường và tệp sinh ra; giữ dữ liệu trong var/
	rm -rf .venv .uv node_modules dist build .mypy_cache .ruff_cache .pytest_cache .coverage* htmlcov
	rm -rf src/atvsld/platform/ui/static/vendor src/atvsld/documents/fonts
