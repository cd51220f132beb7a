"""Sentences and clauses left in another language: found exactly, and told from quotations, titles and names."""

import time

import pytest
from fragment_pages import page

from pipeline.fragments.other_variant import other_variant
from pipeline.fragments.untranslated import may_be_mixed, untranslated
from pipeline.languages.everyday import EverydayRule, everyday
from pipeline.rules import PatternRule, load_rules
from pipeline.stages.find_fragments import find_fragments


def found(text: str, host: str) -> list[tuple[str, str, str]]:
    fragments = find_fragments(page((text, host), language=host)).fragments
    return [(fragment.text, fragment.kind, fragment.language) for fragment in fragments]


@pytest.mark.parametrize(
    ("host", "text", "left", "language"),
    [
        ("zh-Hans", "工厂停工了。We do not know when the plant will open again.工人在家等待。",
         "We do not know when the plant will open again", "en"),
        ("zh-Hans", "工厂停工了，which was not what the workers had been told in the spring，大家都很意外。",
         "which was not what the workers had been told in the spring", "en"),
        ("zh-Hant", "工廠停工了。La fabbrica non riaprirà prima della fine dell'estate。大家都很意外。",
         "La fabbrica non riaprirà prima della fine dell'estate", "it"),
        ("ja", "工場は止まった。The company said that it would pay all wages until May. 社員は安心した。",
         "The company said that it would pay all wages until May", "en"),
        ("ko", "공장이 멈췄다. The company said that it would pay all wages until May. 직원들은 안심했다.",
         "The company said that it would pay all wages until May", "en"),
        ("ru", "Завод остановился. The company said that it would pay all wages until May. Рабочие ждут.",
         "The company said that it would pay all wages until May", "en"),
        ("ru", "Завод остановился, але ніхто не знає, коли він знову почне працювати. Рабочие ждут.",
         "але ніхто не знає, коли він знову почне працювати", "uk"),
        ("en", "The plant stands still. Il sindaco non ha ancora detto che cosa farà. The workers wait.",
         "Il sindaco non ha ancora detto che cosa farà", "it"),
        ("en", "The plant stands still, pero nadie sabe cuándo se van a pagar los sueldos, and the workers wait.",
         "pero nadie sabe cuándo se van a pagar los sueldos", "es"),
        ("it", "La fabbrica è ferma. Nobody has told the workers when they will be paid. Tutti aspettano.",
         "Nobody has told the workers when they will be paid", "en"),
        ("de", "Das Werk steht still. Nobody has told the workers when they will be paid. Alle warten.",
         "Nobody has told the workers when they will be paid", "en"),
        ("es", "La fábrica está parada. O prefeito ainda não disse nada sobre o futuro da cidade. Todos esperan.",
         "O prefeito ainda não disse nada sobre o futuro da cidade", "pt"),
        ("zh-Hans", "工厂停工了。工人們還沒有拿到這個月的薪水，決定繼續罷工。市长没有回应。",
         "工人們還沒有拿到這個月的薪水，決定繼續罷工", "zh-Hant"),
        ("zh-Hant", "工廠停工了，工人们还没有拿到这个月的工资，市長沒有回應。",
         "工人们还没有拿到这个月的工资", "zh-Hans"),
        ("en", "The plant stands still. 工人们还没有拿到这个月的工资，决定继续罢工。They wait.",
         "工人们还没有拿到这个月的工资，决定继续罢工", "zh-Hans"),
    ],
)  # fmt: skip
def test_what_was_left_is_one_residue(host: str, text: str, left: str, language: str) -> None:
    assert found(text, host) == [(left, "residue", language)]


@pytest.mark.parametrize(
    ("host", "text"),
    [
        ("en", "The mayor said: “Non so che cosa farà il governo della città.” Nobody laughed."),
        ("en", "The mayor said in Italian: non so che cosa farà il governo della città. Nobody laughed."),
        ("en", "The club's motto is chi va piano va sano e va lontano, and it plays so."),
        ("en", "She studied at the Universidad Nacional de la Patagonia San Juan Bosco and in Los Angeles."),
        ("en", "He knows what a coup de grâce, a fait accompli and a raison d'être are."),
        ("en", "Il faut cultiver notre jardin, as he liked to say (we must tend our garden), was his rule."),
        ("zh-Hans", "他用英文说：we do not know what will happen to the plant。大家都笑了。"),
        ("zh-Hans", "他的座右铭是“never give up on what you have begun”，从不放弃。"),
        ("zh-Hans", "她最喜欢的歌是《I Will Always Be There for You》，每天都唱。"),
        ("zh-Hans", "团队用 Python 和 TensorFlow 写了代码，在 GitHub 上开源，OKR 和 KPI 都完成了。"),
        ("zh-Hans", "运行 if x is not None and y in z: return the_value() 就可以了。"),
        ("zh-Hans", "他今年 step up 了很多，感觉 so good。"),
        ("zh-Hans", "报道引用“員工們對這個決定感到憤怒”一句，没有评论。"),
        ("zh-Hans", "房子里面有一隻猫，裏面很黑。"),
        ("ja", "彼は「I have never been to the north of the country」と言った。"),
        ("it", "Ha letto The Old Man and the Sea di Hemingway e poi si è addormentato."),
    ],
)
def test_what_is_quoted_announced_or_a_name_is_none(host: str, text: str) -> None:
    assert found(text, host) == []


def test_sentences_in_a_row_are_one() -> None:
    text = "工厂停工了。We do not know when it will open. We have not been told why.工人在家等待。"
    assert [one for one, _, _ in found(text, "zh-Hans")] == [
        "We do not know when it will open. We have not been told why"
    ]


def test_furniture_and_bilingual_pages_are_left_alone() -> None:
    english = "The plant stands still, and nobody knows why it does."
    chinese = "工厂已经停工了，没有人知道为什么会这样，大家都在等。"
    mixed = f"{chinese}{english}"
    assert not find_fragments(page((mixed, "zh-Hans", "nav"), language="zh-Hans")).fragments
    both = page(english, (chinese, "zh-Hans"), english, (chinese, "zh-Hans"))
    assert not find_fragments(both).fragments


def test_the_glance_misses_no_sentence_of_the_large_languages() -> None:
    for rule in load_rules("everyday", EverydayRule):
        if rule.language in ("de", "es", "fr", "id", "it", "nl", "pt"):
            assert all(may_be_mixed(f"So far. {text} So it is.", "en", "Latn") for text in rule.hit), rule.id


def test_everyday_rows_hit_and_miss() -> None:
    for rule in load_rules("everyday", EverydayRule):
        own = {*rule.joints, *rule.clause}
        assert set(rule.marks) <= own, rule.id
        assert all(sum(word.strip(".,").casefold() in own for word in text.split()) >= 3 for text in rule.hit), rule.id
        assert all(sum(word in own for word in text.split()) < 2 for text in rule.miss) or rule.language == "en", (
            rule.id
        )


def test_introduced_rows_hit_and_miss() -> None:
    for rule in load_rules("introduced", PatternRule):
        assert all(rule.pattern.search(text) for text in rule.hit), rule.id
        assert not any(rule.pattern.search(text) for text in rule.miss), rule.id


def test_everyday_words_name_a_language() -> None:
    votes = everyday("en").languages(["che", "non", "ha", "ancora"])
    assert votes.most_common(1)[0][0] == "it"


def test_long_text_costs_its_length() -> None:
    began = time.process_time()
    for text in ("che non " * 20_000, "a " * 60_000, "non, che; " * 12_000, '"che ' * 20_000):
        assert isinstance(list(untranslated(text, "en", "Latn")), list)
    assert isinstance(list(untranslated("the end of it 的" * 10_000, "zh", "Hani")), list)
    assert isinstance(list(other_variant("這個，" * 20_000, "Hans")), list)
    assert time.process_time() - began < 20
