"""Gloss pairs: what stands in brackets beside a word, in Latin and in Chinese text."""

from dataclasses import replace

import pytest
from fragment_pages import page, seeds
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document, Segment
from pipeline.edit import Edit
from pipeline.fragments.gloss import GlossRule, brackets, glosses_in, is_pinyin, language_by_words
from pipeline.fragments.term_border import BorderRule
from pipeline.rules import load_rules
from pipeline.stages.harvest_glosses import harvest_glosses


def harvested(*paragraphs: str) -> list[tuple[str, str]]:
    """Return the pairs of a page that nothing is known of yet."""
    doc = page(*((text, "und", "other") for text in paragraphs), language="und")
    return [(pair.term, pair.translation) for pair in harvest_glosses(doc).glosses]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("去年,该公司被称为独角兽(Unicorn)。", [("独角兽", "Unicorn")]),
        ("即所谓peak shaving（削峰填谷），意味着更低的成本。", [("peak shaving", "削峰填谷")]),
        ("Founder Zhao Mingyuan (赵明远) wrote to the users.", [("赵明远", "Zhao Mingyuan")]),
        ("Coach Dmytro Kovalenko (Дмитро Коваленко) left in May.", [("Дмитро Коваленко", "Dmytro Kovalenko")]),
        (
            "Its banner carries two words: الميناء للجميع (“the port is for all”).",
            [("الميناء للجميع", "the port is for all")],
        ),
        ("They call it สบายสบาย, “take it easy”, and mean it.", [("สบายสบาย", "take it easy")]),
        ("She bought two acid baths and a (超声波, ultrasonic) tank.", [("超声波", "ultrasonic")]),
        ("Coupon hours trade as a 期权, i.e. an option, at half the price.", [("期权", "option")]),
        ("It speaks of the最后一公里 [last mile], and of its price.", [("最后一公里", "last mile")]),
        ("In the trade this is called 朱を入れる, to put in vermilion.", [("朱を入れる", "to put in vermilion")]),
        ("The trade calls it ทุเรียนอ่อน, unripe durian, and waits.", [("ทุเรียนอ่อน", "unripe durian")]),
        ("The bridge was drawn by an engineer (林浩然, born 1962).", []),
        ("They called 李华, a friend, and went home.", []),
        ("“We open at six,” said 王芳, “and close at ten.”", []),
        ("In the trade this means empty legs (空驶), and the drivers are not paid.", [("空驶", "empty legs")]),
        ("以太坊(Ethereum)推出了闪电贷(flash loan)服务", [("以太坊", "Ethereum"), ("闪电贷", "flash loan")]),
        (
            "对冲基金(hedge fund)的经理约翰·史密斯(John Smith)表示",
            [("对冲基金", "hedge fund"), ("约翰·史密斯", "John Smith")],
        ),
        ("市场进入熊市(bear market),投资者损失惨重", [("熊市", "bear market")]),
        (
            "国际货币基金组织(IMF)与世界银行(World Bank)警告",
            [("国际货币基金组织", "IMF"), ("世界银行", "World Bank")],
        ),
        ("汽车公司总裁马斯洛(Maslow)说", [("马斯洛", "Maslow")]),
        ("所谓的“黑天鹅”(black swan)事件", [("黑天鹅", "black swan")]),
        ("《经济学人》(The Economist)报道", [("经济学人", "The Economist")]),
        ("他来自贝莱德(BlackRock)的部门", [("贝莱德", "BlackRock")]),
        ("买入了300枚莱特币(LTC)", [("莱特币", "LTC")]),
        ("CFO张三丰(Zhang Sanfeng)辞职", [("张三丰", "Zhang Sanfeng")]),
        ("安永与合伙人事务所(Ernst and Partners)", [("安永与合伙人事务所", "Ernst and Partners")]),
        ("“高频”交易(high-frequency trading)盛行", [("高频交易", "high-frequency trading")]),
        (
            "量化宽松（Quantitative Easing，QE）政策",
            [("量化宽松", "Quantitative Easing"), ("量化宽松", "QE")],
        ),
        ("去中心化金融（英文：Decentralized Finance）", [("去中心化金融", "Decentralized Finance")]),
    ],
)
def test_terms_in_chinese_begin_where_a_noun_begins(text: str, pairs: list[tuple[str, str]]) -> None:
    assert harvested(text) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "科技巨头(Apple, Google, Meta)下跌",
        "涨幅超过三成(March 5)",
        "公司成立(2020)",
        "详见官网(https://example.org)",
        "特斯拉(NASDAQ:TSLA)",
        "第三季度(Q3)",
        "苹果(约合 USD 3 million)",
        "Strategy(MSTR)上涨",
        # Twelve letters for two words: the border is missed, and a guess would be wrong.
        "师傅总是把徒弟们骂作瓷胎刻花（carved porcelain）",
    ],
)
def test_what_is_no_gloss(text: str) -> None:
    assert harvested(text) == []


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("It built a deep护城河 (moat) around it.", [("护城河", "moat")]),
        ("The '泡沫' (froth) is part of it.", [("泡沫", "froth")]),
        ("They form a closed circuit (闭合) with it.", [("闭合", "closed circuit")]),
        ("The “closed circuit” (闭合, bì hé) is one.", [("闭合", "closed circuit")]),
        ("We met Chen Guoping (陈国平) in May.", [("陈国平", "Chen Guoping")]),
        ("The word 关系 (guānxì) is taught.", []),
        ("The word 关系 (guānxì, relationship) is taught.", [("关系", "relationship")]),
        ("That far bigger badly built closed circuit (闭合) is one.", []),
        ("The result (2024) and the 关系 (5) were fine.", []),
    ],
)
def test_terms_in_latin_text(text: str, pairs: list[tuple[str, str]]) -> None:
    assert harvested(text) == pairs


def test_a_term_glossed_elsewhere_ends_what_stands_before_another() -> None:
    assert ("净资产", "NAV") in harvested("莱特币(LTC)上涨。", "它的莱特币净资产(NAV)增加。")
    assert ("莱特币收益", "LTC Yield") in harvested("莱特币(LTC)上涨。", "它的莱特币收益(LTC Yield)增加。")


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        # Borders work in either variant of Chinese.
        ("這種做法在業內被稱為軟著陸（soft landing）。", [("軟著陸", "soft landing")]),
        ("工人們檢查了三百多個軸承（bearing）。", [("軸承", "bearing")]),
        ("因為結冰（icing）停了兩天", [("結冰", "icing")]),
        ("請先確認第二節點（second node）斷線", [("第二節點", "second node")]),
        # Verbs and prepositions before a term.
        ("改成按冰点（freezing point）启动", [("冰点", "freezing point")]),
        ("用户可以办理分时电价（time-of-use pricing）", [("分时电价", "time-of-use pricing")]),
        ("平台必须做反洗钱审查（AML）", [("反洗钱审查", "AML")]),
        ("第二种是托收（D/P）。", [("托收", "D/P")]),
        ("首批试点光伏屋顶（solar roof）", [("光伏屋顶", "solar roof")]),
        ("矿区位于断裂带（fault zone）上", [("断裂带", "fault zone")]),
        ("球迷谈论越位（offside）", [("越位", "offside")]),
        ("居民反對焚化爐（incinerator）", [("焚化爐", "incinerator")]),
        ("球队靠青训（youth academy）", [("青训", "youth academy")]),
        ("一家空白支票公司（SPAC）上市", [("空白支票公司", "SPAC")]),
        ("每户配电网资产报告（RAB report）", [("配电网资产报告", "RAB report")]),
        ("海员等待顺风（tailwind）", [("顺风", "tailwind")]),
        ("这座城以折扇（folding fan）闻名", [("折扇", "folding fan")]),
        ("工厂排放的炉渣（blast slag）", [("炉渣", "blast slag")]),
        ("他付了三个月押金（deposit）", [("押金", "deposit")]),
        # The same letters inside a term are no border.
        ("最大功率点（MPPT）", [("最大功率点", "MPPT")]),
        ("以太网（Ethernet）", [("以太网", "Ethernet")]),
        ("标的资产（underlying asset）", [("标的资产", "underlying asset")]),
        ("企业资源规划（ERP system）", [("企业资源规划", "ERP system")]),
        ("特殊目的收购公司（SPAC）", [("特殊目的收购公司", "SPAC")]),
        ("做市商（market maker）退出", [("做市商", "market maker")]),
        ("购买力平价（purchasing power parity）", [("购买力平价", "purchasing power parity")]),
        ("按揭贷款（mortgage）利率", [("按揭贷款", "mortgage")]),
        ("第三方支付（third-party payment）", [("第三方支付", "third-party payment")]),
    ],
)
def test_borders_of_terms(text: str, pairs: list[tuple[str, str]]) -> None:
    assert harvested(text) == pairs


@pytest.mark.parametrize(
    ("text", "elsewhere", "pair"),
    [
        ("老王私下囤盐（salt hoarding）多年", "囤盐的人不少。", ("囤盐", "salt hoarding")),
        ("另一个收莱特币（litecoin）", "莱特币涨了，莱特币跌了。", ("莱特币", "litecoin")),
        # A head that recurs is too short for its translation: the whole compound is meant.
        (
            "去中心化交易所（decentralized exchange）",
            "交易所很多，交易所不少。",
            ("去中心化交易所", "decentralized exchange"),
        ),
        ("首次公开募股（IPO）", "公开募股很多。", ("首次公开募股", "IPO")),
        # The compound recurs as a whole.
        ("每股收益率（yield）", "每股收益率高，收益率低，每股收益率又高。", ("每股收益率", "yield")),
    ],
)
def test_what_recurs_on_the_page_is_the_term(text: str, elsewhere: str, pair: tuple[str, str]) -> None:
    assert harvested(text, elsewhere) == [pair]


@pytest.mark.parametrize(
    "text", ["- 简体中文 (China) - 日本語 (Japan)", "Site: 香港特區 (繁體中文) | 香港特區 (English)"]
)
def test_the_names_in_a_language_switcher_are_no_vocabulary(text: str) -> None:
    assert "繁體中文" not in {translation for _, translation in harvested(text)}
    assert not {"简体中文", "日本語"} & {term for term, _ in harvested(text)}


def test_everyday_words_of_another_language_do_not_end_a_phrase() -> None:
    assert harvested("In the end we saw the Da Zhao Temple (大召寺) and its lake.") == [("大召寺", "Da Zhao Temple")]
    assert harvested("They make it by the die casting (压铸) of alloys.") == [("压铸", "die casting")]
    assert harvested("La ciudad de Da Nang (岘港) es grande, y el mar también.") == [("岘港", "Da Nang")]


def test_languages_origin_and_offset() -> None:
    doc = harvest_glosses(page(("Il gruppo ha un 护城河 (fossato) e una 銀行帳戶 (ATM) per i clienti.", "und")))
    first, second = doc.glosses
    assert (first.term_language, first.translation_language, first.origin) == ("zh-Hans", "it", "gloss")
    assert (second.term_language, second.origin) == ("zh-Hant", "abbreviation")
    assert doc.raw[first.start :].startswith("护城河")


def test_a_segments_own_language_wins() -> None:
    (pair,) = harvest_glosses(page(("Die 护城河 (moat) hält.", "nl"))).glosses
    assert pair.translation_language == "nl"


def test_offsets_are_of_the_raw_text_after_edits() -> None:
    doc = page("It  has a护城河 (moat) now.").edited([Edit(2, "  ", " ", "test/space")])
    (pair,) = harvest_glosses(doc).glosses
    assert doc.raw[pair.start :].startswith("护城河")


def test_recall_on_the_seeds() -> None:
    wanted, found, spurious = 0, 0, []
    for gold, doc in seeds():
        blank = replace(
            doc,
            segments=tuple(s._replace(language="und", label="other") for s in doc.segments),
            language="und",
        )
        pairs = {(pair.term, pair.translation.casefold()) for pair in harvest_glosses(blank).glosses}
        entries = {(entry["term"], entry["translation"].casefold()) for entry in gold["lexicon"]}
        wanted, found = wanted + len(entries), found + len(entries & pairs)
        spurious += sorted(pairs - entries)
    assert found / wanted >= 0.95
    assert len(spurious) <= 1, spurious


def test_gloss_rows_hit_and_miss() -> None:
    for table, kind in (("glosses", GlossRule), ("borders", BorderRule)):
        for rule in load_rules(table, kind):
            assert all(rule.pattern.search(text) for text in rule.hit), rule.id
            assert not any(rule.pattern.search(text) for text in rule.miss), rule.id


def test_pinyin_is_not_mistaken_for_romance_words() -> None:
    assert is_pinyin("bì huán")
    assert is_pinyin("mài")
    assert not any(map(is_pinyin, ["qualità", "città", "crédito", "closed loop", "però"]))


def test_a_language_needs_a_clear_majority_of_words() -> None:
    assert language_by_words("le cours de la bourse et des titres") == "fr"
    assert language_by_words("BTC ETH 42") == "und"


@given(st.text(st.sampled_from("ab C闭环·、“”()（）,，的 .A1\ud800\u200f\0\n"), max_size=80))
def test_any_text_gives_pairs_that_stand_in_it(text: str) -> None:
    doc = replace(Document.from_raw(text), segments=(Segment(0, len(text), 0, text, 1),) if text else ())
    for pair in harvest_glosses(doc).glosses:
        assert pair.translation in text
        assert doc.raw[pair.start] == pair.term[0]


@given(st.text(st.sampled_from("ab (（）),闭"), max_size=60))
def test_a_gloss_is_where_it_says(text: str) -> None:
    for bracket in brackets(text):
        for gloss in glosses_in(text, bracket):
            assert text[gloss.start : gloss.end] == gloss.text
