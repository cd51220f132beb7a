"""The tables that the detector goes by do what each row says."""

import pytest

from pipeline.languages.detector import detect
from pipeline.languages.line_words import words_of
from pipeline.languages.marked_languages import MarkRule, marked_language
from pipeline.languages.second_opinion import KinRule, Opinion, second_opinion
from pipeline.rules import load_rules


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in load_rules("language_marks", MarkRule)])
def test_marks_are_found_in_their_language_and_not_in_its_sister(rule: MarkRule) -> None:
    opinion = Opinion("".join(rule.taken_for[:1]), (), 0.0, reliable=bool(rule.taken_for))
    assert rule.miss
    for text in rule.hit:
        assert rule.pattern.search(text), text
    assert rule.count(" ".join(rule.hit))
    for text in rule.miss:
        assert marked_language(words_of(text), rule.script, opinion) != rule.language, text


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in load_rules("language_kin", KinRule)])
def test_kin_is_what_eldc_takes_it_for(rule: KinRule) -> None:
    assert rule.miss
    assert all(second_opinion(words_of(text)).first == rule.language for text in rule.hit)
    assert all(second_opinion(words_of(text)).first != rule.language for text in rule.miss)


SISTERS = [
    ("id", "Menurut gubernur, jalan itu bisa dilalui mobil karena airnya sudah surut."),
    ("ms", "Menurut beliau, jalan itu boleh dilalui kereta kerana airnya sudah surut."),
    ("sr", "Predsednik je rekao da će uvek voditi računa o deci i posle izbora."),
    ("hr", "Netko je u siječnju iz općine poslao izvješće o sveučilištu i kazalištu."),
    ("nn", "Eg veit ikkje korleis dei skal få det til, men dei har berre ein månad."),
    ("nb", "Jeg vet ikke hvordan noen skal få det til etter nå, men de har bare en måned."),
    ("da", "Jeg ved ikke, hvordan nogen skal nå det efter i dag, men de har kun en måned."),
    ("gl", "A páxina di que moitas persoas maiores teñen dereito á axuda."),
    ("ast", "Toles persones tienen derechu a la llibertá y nun ye xusto quitá-yosla a la xente."),
    ("mt", "Il-ħaddiema għandhom dritt għall-ħlas xieraq u għal ħajja diċenti."),
    ("ckb", "هەموو کەسێک مافی ژیان و ئازادیی هەیە لەم وڵاتەدا."),
    ("ky", "Ар бир адам эркиндикке жана коопсуздукка укуктуу, бул үчүн мыйзам бар."),
    ("ne", "सरकारले नयाँ नियम लागू गरेको छ र यो सबैका लागि राम्रो हुन्छ।"),
    ("hi", "सरकार ने नया नियम लागू किया है और यह सबके लिए अच्छा नहीं है।"),
    ("mr", "सरकारने नवा नियम लागू केला आहे आणि तो सर्वांसाठी चांगला नाही."),
]


@pytest.mark.parametrize(("language", "text"), SISTERS)
def test_sisters_are_told_apart(language: str, text: str) -> None:
    assert detect(text, ("en", "zh", "it", "pt", "es", "fr")).language == language


@pytest.mark.parametrize(
    "text",
    [
        "Vlada će sutra objaviti nove podatke.",  # any of three
        "Vijeće je donijelo odluku o cesti.",
        "Semua orang suka makan nasi goreng.",  # Malay or Indonesian
    ],
)
def test_what_may_be_either_stays_open(text: str) -> None:
    guess = detect(text, ("en", "zh"))
    assert guess.language in ("und", "hr", "sr", "bs", "id", "ms")
    assert guess.language == "und" or guess.score <= 0.98
