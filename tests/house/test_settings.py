"""Every setting is explained, in the code and in the documentation."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from infopool.settings import HELP, PREFIX, Settings, SettingsFault, from_environ

ROOT = Path(__file__).resolve().parents[2]
NAMES = [knob.name for knob in fields(Settings)]


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_has_help(name: str) -> None:
    assert HELP[name].endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_stands_in_the_documentation(name: str) -> None:
    assert PREFIX + name.upper() in (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


def test_nothing_is_explained_that_is_not_there() -> None:
    assert set(HELP) == set(NAMES)


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(SettingsFault) as fault:
        from_environ({"INFOPOOL_WORKERS": "many", "INFOPOOL_BASE_URL": "here", "INFOPOOL_SECRET_KEY": "short"})
    assert {problem.field for problem in fault.value.problems} == {
        "INFOPOOL_WORKERS",
        "INFOPOOL_BASE_URL",
        "INFOPOOL_SECRET_KEY",
    }


def test_production_does_not_start_without_a_secret() -> None:
    with pytest.raises(SettingsFault):
        from_environ({"INFOPOOL_PRODUCTION": "yes", "INFOPOOL_BASE_URL": "https://infopool.example.org"})


def test_the_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert len(settings.secret()) >= 32
    assert settings.secret() == Settings(data=tmp_path).secret()


def test_the_kept_secret_is_for_its_owner_only(tmp_path: Path) -> None:
    Settings(data=tmp_path).secret()
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
