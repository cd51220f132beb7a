"""What a run in another script is: kinds of hard cases, and the look-alikes beside them."""

import itertools
import tomllib
from functools import partial
from typing import Any

import pytest
import regex
from fragment_pages import HERE, page

from pipeline.evidence import EvidenceRule
from pipeline.io.cedict import open_dictionary
from pipeline.rules import load_rules
from pipeline.stages.find_fragments import find_fragments

DICTIONARY = partial(open_dictionary, None)
ATOMS = ["a", "A", "1", " ", "汉", "汉 ", "가", "(", "“", "⟦", "⟧", ", ", "Aa ", "a b ", "- ", "说 ", "name ", "the "]
FILES = ("kinds.toml", "habits.toml", "told.toml", "classes.toml", "usage.toml")
LIMIT = 2.0
"""Seconds of processor time for one search, thousands of times what a linear pattern needs."""

LEAKS = {
    "en": "The plant lost its牌照 in May and its客户 in June, and nobody has bought its债务 since.",
    "es": "La planta perdió su牌照 en mayo y sus客户 en junio, y nadie compró su债务 desde entonces.",
    "pt": "A fábrica perdeu a sua牌照 em maio e os seus客户 em junho, e ninguém comprou a sua债务 até agora.",
    "fr": "L'usine a perdu sa牌照 en mai et ses客户 en juin, et personne n'a acheté sa债务 depuis.",
    "it": "La fabbrica ha perso la sua牌照 a maggio e i suoi客户 a giugno, e nessuno ha comprato il suo债务 da allora.",
    "ro": "Fabrica și-a pierdut牌照 în mai și pe toți客户 în iunie, iar de atunci nimeni nu a cumpărat债务 de acolo.",
    "de": "Das Werk verlor im Mai seine牌照 und im Juni seine客户, und seither kauft niemand seine债务 mehr.",
    "nl": "De fabriek verloor in mei haar牌照 en in juni haar客户, en niemand heeft sindsdien haar债务 gekocht.",
    "sv": "Fabriken förlorade sitt牌照 i maj och sina客户 i juni, och ingen har köpt dess债务 sedan dess.",
    "cs": "Továrna přišla v květnu o své牌照 a v červnu o své客户, a od té doby nikdo nekoupil její债务 ani budovu.",
    "pl": "Fabryka straciła w maju swoje牌照 i w czerwcu swoich客户, a od tego czasu nikt nie kupił jej债务 ani hali.",
    "ru": "Завод потерял в мае свою牌照 и в июне своих客户, и с тех пор никто не купил его债务 и здания.",
    "uk": "Завод втратив у травні свою牌照 і в червні своїх客户, і відтоді ніхто не купив його债务 та будівлі.",
    "tr": "Fabrika mayısta牌照 kaybetti, haziranda da bütün客户 gitti ve o günden beri kimse bu债务 için gelmedi.",
    "hu": "A gyár májusban elvesztette a牌照 és júniusban minden客户 elment, azóta senki sem vette meg a债务 itt.",
    "vi": "Nhà máy mất牌照 vào tháng năm và mất khách客户 vào tháng sáu, từ đó không ai mua khoản债务 của họ.",
    "id": "Pabrik itu kehilangan牌照 pada bulan Mei dan para客户 pada bulan Juni, dan belum ada yang membeli债务 itu.",
    "el": "Το εργοστάσιο έχασε την牌照 τον Μάιο και τους客户 τον Ιούνιο, και κανείς δεν αγόρασε το债务 από τότε.",
    "he": "המפעל איבד את ה牌照 במאי ואת ה客户 ביוני, ומאז איש לא קנה את ה债务 שלו.",
    "ko": "공장은 5월에牌照 잃었고 6월에는客户 떠났으며 그 뒤로 아무도债务 사지 않았다.",
    "ja": "工場は五月に牌照を失い、その後は客户も去って、いまも债务だけが残っている。",
    "zh-Hans": "工厂在五月失去了очень重要的牌照，六月又失去了すべて的客户。",
    "zh-Hant": "工廠在五月失去了очень重要的牌照，六月又失去了すべて的客戶。",
}
"""A paragraph with leaks, for each host: what stands beside it is seen on a leaky page."""


def cases() -> list[Any]:
    texts = [(HERE / "golden_fragments" / name).read_text(encoding="utf-8") for name in FILES]
    rows = [row for text in texts for row in tomllib.loads(text)["case"]]
    failing = {True: (pytest.mark.xfail(reason="known, see the case", strict=True),), False: ()}
    return [pytest.param(row, id=row["name"], marks=failing["known_fail" in row]) for row in rows]


@pytest.mark.parametrize("case", cases())
def test_kind(case: dict[str, Any]) -> None:
    host = case["host"]
    if case.get("dictionary") and open_dictionary(None) is None:
        pytest.skip("only the dictionary tells")
    leaks = 2 if case.get("glues") else 1 if case.get("leaky") else 0
    texts = [case["text"], *[LEAKS[host]] * leaks]
    doc = find_fragments(page(*((text, host) for text in texts), language=host), dictionary=DICTIONARY)
    seen = [[fragment.text, fragment.kind] for fragment in doc.fragments if fragment.segment == 0]
    assert seen == case["fragments"]


@pytest.mark.parametrize("host", sorted(LEAKS))
def test_the_paragraph_of_leaks_is_one(host: str) -> None:
    found = find_fragments(page((LEAKS[host], host), language=host)).fragments
    assert {fragment.kind for fragment in found} == {"residue"}
    assert len(found) >= 2


@pytest.mark.parametrize("rule", load_rules("fragments", EvidenceRule), ids=lambda rule: rule.id)
def test_pattern_is_linear(rule: EvidenceRule) -> None:
    pattern = regex.compile(rule.pattern)
    for first, second in itertools.product(ATOMS, repeat=2):
        pattern.search((first + second) * 40 + "⟦汉⟧" + (first + second) * 30, timeout=LIMIT)
