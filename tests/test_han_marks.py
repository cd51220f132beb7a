import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.detector import detect
from pipeline.languages.guess import Guess
from pipeline.languages.han_marks import chinese_marks, han_language
from pipeline.languages.script import count_letters

LANGUAGES = ("en", "zh", "it", "pt", "es", "fr")

CHINESE = """\
這部電影的日文片名是「となりのトトロ」，很多人第一次看就愛上了。
老闆娘（さくら）每天早上四點起床準備食材，從來沒有抱怨過。
主角緋村剣心（ひむらけんしん）在第二集首次登場，他的師父也出現了。
这家店的招牌上写着「おかえり」，意思是欢迎回来。
他在推特上用日语写了一句ありがとう，粉丝们纷纷留言。
三个月以后问题ほとんど解决，团队决定扩大试验。
会议原定于周三，とりあえず改到周五上午举行。
这里的渔民把浅滩叫作リーフ，老人们还记得。
台北車站旁的「鮮の味」是我吃過最好的日本料理店。
我們去了「山の手」吃拉麵，排隊排了一個小時。
宮崎駿的《もののけ姫》在台灣上映時創下票房紀錄。
东京大学的田中さん表示，目前的结果还不能说明问题。
公司推出了新产品「スマートロック」，售价为三千元。
该系列由《ドラゴンクエスト》的制作团队开发，预计明年发售。
台阶ぬるぬる很危险，走了半小时就明白她的意思。
如果你喜欢动漫，一定听过「頑張って」这句话。
日本人常說「もったいない」，指的是不要浪費。
他把车停在路边，ちょっと看了一眼手机。
这个词在日语里读作「かわいい」，翻译成可爱。
价格已经上涨了三成，しかし需求没有减少。
民宿只收現金，但是まず要打電話預約。
旅館的溫泉叫「ことりの湯」，是當地最古老的。
她在おでん店打工，每月能拿到两千元。
第二作者是北海道大学的博士生高桥光（高橋ひかる）。
負責人表示，この問題目前還在調查中，不方便透露更多。
专家认为，关键在于土壤。しかし、その理由はまだ分かっていない。但是样本数量已经足够支持这一结论了。
因為颱風的關係，新幹線のぞみ號全線停駛，旅客只好改搭巴士。
我覺得やはり還是走路最快，終點的溫泉泡了四十分鐘。""".splitlines()

JAPANESE = """\
東京都知事選、3氏が立候補を表明
首相、来月訪米へ 日米首脳会談で調整
日銀、追加利上げを決定 市場に動揺
政府が経済対策を閣議決定
国際的な評価が高い作品だ
在日米軍基地問題、県が再要請
終了後、参加者全員に記念品を贈呈
完了報告書を提出する
利用規約・個人情報保護方針について
中国語「加油」の意味と使い方
漢方薬の是非を問う住民投票
醤油ラーメン 850円
天ぷら定食、刺身盛り合わせ、茶碗蒸し
株式会社山田製作所は来月新工場を開設する
新型車両を公開 JR東日本
熊本地震から十年、復興の歩み
台湾総統、米議員団と会談
中国外務省「断固反対」と声明
習近平国家主席が演説
「三体」の著者・劉慈欣氏が来日
北京市内の大学で講演した李教授は「這是誤解だ」と述べた
今日の天気：晴れのち曇り
お問い合わせ
新着記事一覧を見る
関連記事を読む
無料会員登録はこちら
明治維新後の近代化と富国強兵政策
東京証券取引所一部上場企業の平均年間給与額が過去最高を更新
蘇州市の東にある団地では、AI 学習タブレットの专卖店である。価格は 4,000 元から
「便利です」と父親は話す。子どもの目への影響を担忧する声も根強い。有的家长给平板设了密码，孩子三天就破解了。
自治体は今年五月、広告の規制を进一步きびしくした。違反した企業には罰金が处以される。
不在者投票は明日まで
現在の在庫状況を確認する
了解しました
存在感を示す若手議員""".splitlines()

OPEN = """\
鮮の味
夜の都市
大谷翔平、今季10号本塁打 米大リーグ
戦略的互恵関係の推進で一致 日中外相会談
年末年始休業のお知らせ
学校法人慶應義塾大学医学部附属病院にて診療""".splitlines()


@pytest.mark.parametrize("text", CHINESE)
def test_japanese_words_do_not_make_chinese_japanese(text: str) -> None:
    assert detect(text, LANGUAGES).language.partition("-")[0] == "zh"


@pytest.mark.parametrize("text", JAPANESE)
def test_japanese_stays_japanese(text: str) -> None:
    assert detect(text, LANGUAGES) == Guess("ja", 1.0)


@pytest.mark.parametrize("text", OPEN)
def test_a_line_that_may_be_either_is_japanese_but_not_for_certain(text: str) -> None:
    guess = detect(text, LANGUAGES)
    assert guess.language == "ja"
    assert 0 < guess.score < 1


@given(st.text(alphabet=st.sampled_from("的了是在這们們が的のはをるして国会學経、「」 a")) | st.text())
def test_any_text_has_an_answer(text: str) -> None:
    letters = count_letters(text)
    told = han_language(text, letters)
    assert told in ("zh", "ja", None)
    if not letters["Hira"] + letters["Kana"]:
        assert told is None
    # A letter can be a word of the table and one that only Chinese writes.
    assert 0 <= chinese_marks(text) <= 2 * len(text)
