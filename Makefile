# 明堂的命令入口。`make help` 列出全部目标。
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The lock names everything, so nothing is resolved anew: a resolver that meets `coverage[toml]` looks past the pinned
# `coverage` for the newest release and stops at its missing hash. `pip check` says whether the lock is whole.
INSTALL := $(PIP) install --no-deps --require-hashes -r
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCKFLAGS)

# Two workers, each on a part of the tests; who is done first takes over from the other. Everything is in the report:
# skips with their reasons, failures, pytest's own closing line.
PYTEST := $(BIN)/pytest --numprocesses=2 --dist=worksteal
# What the first pass proves once and for all: foundations, files, nginx and the browser's view of pages that came from
# files, and what starts databases of both kinds itself. The pass on PostgreSQL repeats what touches a database.
ONCE := tests/law tests/text tests/press tests/cli tests/vetting tests/test_docs.py tests/test_layers.py tests/test_servers.py \
	tests/portal/test_reading.py tests/portal/test_bake_killed.py tests/operations/test_backup.py \
	tests/operations/test_doctor.py tests/operations/test_headers.py tests/operations/test_policy.py \
	tests/operations/test_passwords.py tests/operations/test_repository.py tests/nginx tests/walk/test_request.py
# On PostgreSQL the walks go one width and one file format.
WALKED := tests/walk/test_spine.py::test_a_notice_becomes_evidence_that_the_public_sees[390] \
	tests/walk/test_spine.py::test_the_real_notice_is_read_corrected_and_issued[txt]

.PHONY: help setup demo test lint types bench shots lock dev debian fonts rules

help: ## 列出全部目标
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: .venv/.base ## 建立 .venv，按锁定的版本与哈希安装运行所需
dev: .venv/.dev

.venv/.base: requirements/base.lock pyproject.toml scripts/make-venv
	@scripts/make-venv "$(PYTHON)"
	@$(INSTALL) requirements/base.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.base
	@$(INSTALL) requirements/dev.lock
	@$(PIP) check
	@touch $@

demo: setup fonts ## 建立演示实例并在 127.0.0.1:8000 提供门户与后台
	@$(BIN)/mingtang demo
	@exec $(BIN)/mingtang serve --port $(PORT)

debian: fonts
	@scripts/debian-packages chromium default-jre-headless fonts-noto-cjk fonts-noto-core \
		libgl1 libglib2.0-0 libnginx-mod-http-brotli-static nginx-light poppler-utils qpdf wrk

fonts: .venv/.base ## 取来公文所用的自由字体（仿宋、楷体等），放在 .venv 里
	@scripts/fonts .venv

test: dev debian lint ## 检查与全部测试：SQLite、PostgreSQL、浏览器
	@echo "== 测试（SQLite）"
	@$(PYTEST) --cov --cov-report=term:skip-covered
	@echo "== 测试（PostgreSQL）"
	@$(BIN)/python -m tests.servers.postgres $(PYTEST) $(addprefix --ignore=,$(ONCE)) \
		$(foreach walk,$(WALKED),--deselect='$(walk)')

lint: dev ## 代码风格、类型、分层
	@echo "== 代码检查"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright
	@$(BIN)/lint-imports

bench: dev ## 与同类实现在同一次运行中比较
	@$(BIN)/python -m benchmarks

shots: dev debian ## 用演示实例生成文档里的截图
	@$(BIN)/python scripts/shots.py
	@MINGTANG_PICTURES=docs/pictures $(BIN)/pytest -q -n 0 tests/walk -k 'evidence or archive'

rules: setup ## 由规则数据重写 docs/rules.md
	@$(BIN)/python -m mingtang.law.catalogue docs/rules.md

lock: dev ## 重新锁定依赖（升级：make lock LOCKFLAGS=--upgrade）
	@$(COMPILE) pyproject.toml requirements/build.in -o requirements/base.lock
	@$(COMPILE) pyproject.toml requirements/build.in --extra dev -c requirements/base.lock -o requirements/dev.lock
