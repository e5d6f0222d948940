# 明堂的命令入口。`make help` 列出全部目标。
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCKFLAGS)

# The pass on PostgreSQL repeats what touches a database; the pure foundations are proved once, on the first pass.
FOUNDATION_TESTS := tests/law tests/text tests/press
# These start databases of both kinds themselves, on either pass alike.
OWN_DATABASE_TESTS := tests/operations/test_backup.py

.PHONY: help setup demo test lint types bench shots lock dev debian rules

help: ## 列出全部目标
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: .venv/.base ## 建立 .venv，按锁定的版本与哈希安装运行所需
dev: .venv/.dev

.venv/.base: requirements/base.lock pyproject.toml scripts/make-venv
	@scripts/make-venv "$(PYTHON)"
	@$(PIP) install --require-hashes -r requirements/base.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.base
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

demo: setup ## 建立演示实例并在 127.0.0.1:8000 提供门户与后台
	@$(BIN)/mingtang demo
	@exec $(BIN)/mingtang serve --port $(PORT)

debian:
	@scripts/debian-packages chromium fonts-noto-cjk

test: dev debian lint ## 检查与全部测试：SQLite、PostgreSQL、浏览器
	@echo "== 测试（SQLite）"
	@$(BIN)/pytest --cov --cov-report=term:skip-covered
	@echo "== 测试（PostgreSQL）"
	@$(BIN)/python -m tests.servers.postgres $(BIN)/pytest $(addprefix --ignore=,$(FOUNDATION_TESTS) $(OWN_DATABASE_TESTS))

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

rules: setup ## 由规则数据重写 docs/rules.md
	@$(BIN)/python -m mingtang.law.catalogue docs/rules.md

lock: dev ## 重新锁定依赖（升级：make lock LOCKFLAGS=--upgrade）
	@$(COMPILE) pyproject.toml requirements/build.in -o requirements/base.lock
	@$(COMPILE) pyproject.toml requirements/build.in --extra dev -c requirements/base.lock -o requirements/dev.lock
