"""House rules for templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from infopool import paths

TEMPLATES = sorted(path.relative_to(paths.TEMPLATES).as_posix() for path in paths.TEMPLATES.rglob("*.html"))


def source(name: str) -> str:
    return (Path(paths.TEMPLATES) / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(site: Flask, name: str) -> None:
    site.jinja_env.get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_no_inline_style_or_script_of_its_own(name: str) -> None:
    html = source(name)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
    assert not re.findall(r"<script(?![^>]*(src=|application/ld\+json))", html)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_trusts_no_words_as_markup(name: str) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", source(name))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_speaks_no_sentence_past_the_catalogues(name: str) -> None:
    html = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<svg.*?</svg>", " ", source(name), flags=re.DOTALL)
    words = re.sub(r"<[^>]*>", " ", html)
    allowed = {"infopool", "Read", "this", "in", "your", "language", "Deutsch"}
    assert {word for word in re.findall(r"[A-Za-zÄÖÜäöüß]{2,}", words) if word not in allowed} == set()
