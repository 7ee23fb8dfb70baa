"""Machines that translate, asked over HTTP on this computer."""

from __future__ import annotations

import pytest

from infopool.curation.machines import LONGEST_PAUSE, TRIES, DeepL, LibreTranslate, Translate, open_machine
from infopool.messages import Message
from infopool.settings import Settings, SettingsFault, from_environ
from tests.curation.services import KEY, Service


class Clock:
    """Counts the seconds somebody would have slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


KINDS = {"deepl": DeepL, "libretranslate": LibreTranslate}


def machine(kind: str, service: Service, key: str = KEY, clock: Clock | None = None) -> Translate:
    return KINDS[kind](service.address, key, clock or Clock())


both = pytest.mark.parametrize("kind", list(KINDS))


@both
def test_texts_come_back_in_their_order(kind: str, service: Service) -> None:
    assert machine(kind, service)(["Eins", "Zwei"], "de", "ar") == ["«Eins»", "«Zwei»"]


def test_deepl_is_asked_as_it_wants_to_be(service: Service) -> None:
    machine("deepl", service)(["Kurs"], "de", "en")
    assert service.paths == ["/v2/translate"]
    assert service.asked == [{"text": ["Kurs"], "source_lang": "DE", "target_lang": "EN-GB"}]


@pytest.mark.parametrize(("tag", "theirs"), [("ku", "KMR"), ("fa", "FA"), ("sq", "SQ")])
def test_deepl_is_given_leave_for_its_newer_languages(service: Service, tag: str, theirs: str) -> None:
    machine("deepl", service)(["Kurs"], "de", tag)
    assert service.asked[0]["target_lang"] == theirs
    assert service.asked[0]["enable_beta_languages"] is True


def test_deepl_is_given_no_more_texts_than_it_takes(service: Service) -> None:
    texts = [f"Text {number}" for number in range(120)]
    assert machine("deepl", service)(texts, "de", "ar") == [f"«{text}»" for text in texts]
    assert [len(asked["text"]) for asked in service.asked] == [50, 50, 20]


def test_libretranslate_is_asked_as_it_wants_to_be(service: Service) -> None:
    machine("libretranslate", service)(["Kurs"], "de", "ar")
    assert service.asked == [{"q": ["Kurs"], "source": "de", "target": "ar", "format": "text", "api_key": KEY}]


def said(answer: list[str] | Message) -> str:
    assert isinstance(answer, Message)
    return str(answer)


@both
def test_a_wrong_key_is_a_sentence(kind: str, service: Service) -> None:
    assert "INFOPOOL_TRANSLATOR_KEY" in said(machine(kind, service, key="wrong")(["Kurs"], "de", "ar"))
    assert len(service.asked) == 1


@both
def test_a_language_the_service_does_not_know_is_told_in_its_words(kind: str, service: Service) -> None:
    assert "not supported" in said(machine(kind, service)(["Kurs"], "de", "ti"))


@both
def test_a_service_that_asks_for_patience_is_asked_again(kind: str, service: Service) -> None:
    clock = Clock()
    service.fail(429)
    service.fail(503)
    assert machine(kind, service, clock=clock)(["Kurs"], "de", "ar") == ["«Kurs»"]
    assert clock.slept == [2.0, 4.0]


def test_a_service_says_itself_how_long_to_wait(service: Service) -> None:
    clock = Clock()
    service.fail(429, Retry_After="7")
    service.fail(429, Retry_After="86400")
    machine("deepl", service, clock=clock)(["Kurs"], "de", "ar")
    assert clock.slept == [7.0, LONGEST_PAUSE]


@both
def test_patience_has_an_end(kind: str, service: Service) -> None:
    for _ in range(TRIES):
        service.fail(429)
    assert "patience" in said(machine(kind, service)(["Kurs"], "de", "ar"))
    assert len(service.asked) == TRIES


def test_used_up_characters_are_not_asked_for_again(service: Service) -> None:
    service.fail(456, b'{"message": "Quota exceeded"}')
    assert "used up" in said(machine("deepl", service)(["Kurs"], "de", "ar"))
    assert len(service.asked) == 1


@both
def test_a_service_that_is_not_there_is_a_sentence(kind: str) -> None:
    nowhere = Service(address="http://127.0.0.1:9")
    assert "cannot be reached" in said(machine(kind, nowhere)(["Kurs"], "de", "ar"))


@both
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"translations": [], "translatedText": "x"}'])
def test_an_answer_of_another_kind_is_a_sentence(kind: str, service: Service, body: bytes) -> None:
    service.fail(200, body)
    assert "no translation" in said(machine(kind, service)(["Kurs"], "de", "ar"))


@pytest.mark.parametrize("code", [301, 302, 307])
def test_the_key_is_not_carried_elsewhere(service: Service, code: int) -> None:
    service.fail(code, Location=f"{service.address}/elsewhere")
    said(machine("deepl", service)(["Kurs"], "de", "ar"))
    assert service.paths == ["/v2/translate"]


def test_without_an_address_there_is_no_machine() -> None:
    assert open_machine(Settings()) is None


def test_the_word_before_the_plus_names_the_machine() -> None:
    given = Settings(translator_url="libretranslate+http://127.0.0.1:5000/", translator_key="k")
    assert open_machine(given) == LibreTranslate("http://127.0.0.1:5000", "k")


@pytest.mark.parametrize("address", ["https://api.deepl.com", "deepl+ftp://x", "babelfish+https://x"])
def test_an_address_of_no_machine_is_a_wrong_setting(address: str) -> None:
    with pytest.raises(SettingsFault) as fault:
        from_environ({"INFOPOOL_TRANSLATOR_URL": address})
    assert [problem.field for problem in fault.value.problems] == ["INFOPOOL_TRANSLATOR_URL"]
