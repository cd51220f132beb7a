import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.detector import detect
from pipeline.languages.guess import Guess

LANGUAGES = ("en", "zh", "it", "pt", "es", "fr")
HOSTILE = st.text(alphabet=st.sampled_from("aé Жд国の한अم\u0301\u200c\ud800\x00“1._@/(-;={}")) | st.text()

SENTENCES = [
    ("en", "The committee will publish its findings before the end of the month."),
    ("en", "Rain is expected over the northern hills tonight."),
    ("it", "Il comitato pubblicherà le sue conclusioni entro la fine del mese."),
    ("it", "Domani mattina il treno parte con mezz'ora di ritardo."),
    ("pt", "O comité vai publicar as suas conclusões antes do fim do mês."),
    ("pt", "Amanhã de manhã o comboio sai com meia hora de atraso."),
    ("es", "El comité publicará sus conclusiones antes de que termine el mes."),
    ("es", "Mañana por la mañana el tren sale con media hora de retraso."),
    ("fr", "Le comité publiera ses conclusions avant la fin du mois."),
    ("fr", "Demain matin, le train partira avec une demi-heure de retard."),
    ("de", "Der Ausschuss wird seine Ergebnisse noch vor Monatsende veröffentlichen."),
    ("de", "Morgen früh fährt der Zug mit einer halben Stunde Verspätung ab."),
    ("nl", "De commissie zal haar bevindingen voor het einde van de maand bekendmaken."),
    ("nl", "Morgenochtend vertrekt de trein met een half uur vertraging."),
    ("sv", "Kommittén kommer att presentera sina slutsatser före månadens slut."),
    ("sv", "I morgon bitti går tåget en halvtimme försenat."),
    ("da", "Udvalget offentliggør sine konklusioner inden udgangen af måneden."),
    ("nb", "Utvalget skal legge fram konklusjonene sine før slutten av måneden."),
    ("fi", "Valiokunta julkaisee johtopäätöksensä ennen kuun loppua."),
    ("fi", "Huomenna aamulla juna lähtee puoli tuntia myöhässä."),
    ("pl", "Komisja opublikuje swoje wnioski przed końcem miesiąca."),
    ("pl", "Jutro rano pociąg odjedzie z półgodzinnym opóźnieniem."),
    ("cs", "Výbor zveřejní své závěry ještě před koncem měsíce."),
    ("cs", "Zítra ráno vlak odjede s půlhodinovým zpožděním."),
    ("ro", "Comisia își va publica concluziile înainte de sfârșitul lunii."),
    ("ro", "Mâine dimineață trenul pleacă cu o jumătate de oră întârziere."),
    ("hu", "A bizottság a hónap vége előtt közzéteszi a következtetéseit."),
    ("hu", "Holnap reggel a vonat fél óra késéssel indul."),
    ("tr", "Komite sonuçlarını ay sonundan önce açıklayacak."),
    ("tr", "Yarın sabah tren yarım saat gecikmeyle kalkacak."),
    ("vi", "Ủy ban sẽ công bố kết luận trước cuối tháng này."),
    ("vi", "Sáng mai tàu sẽ khởi hành trễ nửa tiếng."),
    ("id", "Panitia akan mengumumkan hasilnya sebelum akhir bulan ini."),
    ("id", "Besok pagi kereta berangkat terlambat setengah jam."),
    ("ca", "El comitè publicarà les seves conclusions abans que s'acabi el mes."),
    ("ca", "Demà al matí el tren sortirà amb mitja hora de retard."),
    ("ru", "Комитет опубликует свои выводы до конца месяца."),
    ("ru", "Завтра утром поезд отправится с опозданием на полчаса."),
    ("uk", "Комітет оприлюднить свої висновки до кінця місяця."),
    ("uk", "Завтра вранці потяг вирушить із запізненням на пів години."),
    ("bg", "Комисията ще публикува заключенията си преди края на месеца."),
    ("bg", "Утре сутринта влакът ще тръгне с половин час закъснение."),
    ("sr", "Одбор ће објавити своје закључке пре краја месеца."),
    ("sr", "Сутра ујутру воз полази са пола сата закашњења."),
    ("ar", "ستنشر اللجنة نتائجها قبل نهاية الشهر."),
    ("ar", "سيغادر القطار غدا صباحا متأخرا نصف ساعة."),
    ("fa", "کمیته نتایج خود را پیش از پایان ماه منتشر می‌کند."),
    ("fa", "فردا صبح قطار با نیم ساعت تأخیر حرکت می‌کند."),
    ("ur", "کمیٹی مہینے کے اختتام سے پہلے اپنے نتائج شائع کرے گی۔"),
    ("ur", "کل صبح ریل گاڑی آدھا گھنٹہ دیر سے چلے گی۔"),
    ("hi", "समिति महीने के अंत से पहले अपने निष्कर्ष प्रकाशित करेगी।"),
    ("hi", "कल सुबह रेलगाड़ी आधे घंटे की देरी से चलेगी।"),
    ("mr", "समिती महिना संपण्यापूर्वी आपले निष्कर्ष प्रसिद्ध करणार आहे."),
    ("mr", "उद्या सकाळी गाडी अर्धा तास उशिरा सुटेल."),
    ("th", "คณะกรรมการจะเผยแพร่ข้อสรุปก่อนสิ้นเดือนนี้"),
    ("th", "พรุ่งนี้เช้ารถไฟจะออกช้าครึ่งชั่วโมง"),
    ("el", "Η επιτροπή θα δημοσιεύσει τα πορίσματά της πριν από το τέλος του μήνα."),
    ("he", "הוועדה תפרסם את מסקנותיה לפני סוף החודש."),
    ("ko", "위원회는 이달 말 이전에 결론을 발표할 예정이다."),
    ("ko", "내일 아침 기차는 30분 늦게 출발한다."),
    ("ja", "委員会は月末までに結論を公表する予定です。"),
    ("ja", "明日の朝、電車は三十分遅れて出発します。"),
    ("zh-Hans", "委员会将在月底前公布结论。"),
    ("zh-Hans", "明天早上火车将晚点半小时出发。"),
    ("zh-Hant", "委員會將在月底前公布結論。"),
    ("zh-Hant", "明天早上火車將誤點半小時出發。"),
    ("sw", "Kamati itachapisha matokeo yake kabla ya mwisho wa mwezi."),
    ("af", "Die komitee sal sy bevindings voor die einde van die maand bekend maak."),
    ("cy", "Bydd y pwyllgor yn cyhoeddi ei gasgliadau cyn diwedd y mis."),
    ("eu", "Batzordeak hilaren amaiera baino lehen argitaratuko ditu ondorioak."),
    ("tl", "Ilalathala ng komite ang mga konklusyon nito bago matapos ang buwan."),
    ("la", "Senatus sententiam suam ante finem mensis populo nuntiabit."),
    ("ka", "კომიტეტი დასკვნებს თვის ბოლომდე გამოაქვეყნებს."),
    ("bn", "কমিটি মাস শেষ হওয়ার আগেই তার সিদ্ধান্ত প্রকাশ করবে।"),
    ("gl", "O comité publicará as súas conclusións antes de que remate o mes."),
    ("gl", "Mañá pola mañá o tren sairá con media hora de atraso."),
]

WITHOUT_LANGUAGE = [
    "BTC",
    "$65,432.10",
    "2026-05-29",
    "12:45 UTC+8",
    "+2.35%",
    "ETH/USDT 3,412.55 -0.8%",
    "MSTR 402.11 COIN 301.5",
    "NVDA AAPL MSFT GOOGL AMZN",
    "https://example.org/a/b?c=d",
    "www.example.com",
    "jane.doe@example.org",
    "0x742d35Cc6634C0532925a3b844Bc454e4438f44e",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "d41d8cd98f00b204e9800998ecf8427e",
    "550e8400-e29b-41d4-a716-446655440000",
    "Scarlett Cruz",
    "MicroStrategy",
    "Goldman Sachs",
    "Vitalik Buterin",
    "Andreessen Horowitz",
    "Zhang Wei Ming",
    "Huo Xing Cai Jing",
    "Deutsche Bank",
    "Elizabeth Warren",
    "SpaceX Starlink",
    "const x = await fetch(url);",
    "for (int i = 0; i < n; i++) {",
    "print(df.groupby('id').sum())",
    "SELECT * FROM t WHERE id = 1;",
    "def __init__(self, x):",
    "npm install --save-dev eslint",
    "/usr/local/bin/python3",
    "C:\\Windows\\System32\\cmd.exe",
    "user_name_field = None",
    "XRP DOGE SHIB ADA DOT",
    "★★★★☆",
    "Q1 FY26 EPS EBITDA YoY",
    "ISBN 978-3-16-148410-0",
    "1600 Pennsylvania Ave NW, DC 20500",
    "Xinzhiyuan",
]


@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_sentences(language: str, text: str) -> None:
    assert detect(text, LANGUAGES).language == language


@pytest.mark.parametrize("text", WITHOUT_LANGUAGE)
def test_no_language_without_evidence(text: str) -> None:
    assert detect(text, LANGUAGES).language in ("und", "zxx")


@pytest.mark.parametrize("text", ["https://example.org/a?b=1", "2026-05-29 12:45", "d41d8cd98f00b204e9800998ecf8427e"])
def test_addresses_and_numbers_hold_no_language(text: str) -> None:
    assert detect(text, LANGUAGES) == Guess("zxx", 1.0)


@pytest.mark.parametrize(
    "text", ["", " \n", "—…!", "👍", "\x00", "\ud800", "((", "Δ", '{"painter": "DossierAsinGridWidget"}']
)
def test_nothing_is_undetermined(text: str) -> None:
    assert detect(text, LANGUAGES) == Guess("und", 0.0)


def test_a_sentence_in_brackets_counts() -> None:
    assert detect("(The committee will publish its findings next week)", LANGUAGES).language == "en"


def test_the_expected_languages_are_no_cage() -> None:
    german = "Der Ausschuss wird seine Ergebnisse vor Monatsende veröffentlichen."
    assert detect(german, ("en", "it")).language == "de"
    assert detect(german, ()).language == "de"
    assert detect(german, ("de",)).language == "de"


@pytest.mark.parametrize("host", ["The committee expects that {} will be completed before the winter.", "{}"])
def test_han_inside_latin_text(host: str) -> None:
    expected = "en" if len(host) > 2 else "zh-Hans"
    assert detect(host.format("闭环"), LANGUAGES).language == expected


def test_chinese_by_variant() -> None:
    assert [detect(text, LANGUAGES).language for text in ("这个国家", "這個國家", "山水")] == [
        "zh-Hans",
        "zh-Hant",
        "zh",
    ]


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("The Long Road", ("en",), "en"),
        ("The Long Road", ("it", "en"), "en"),
        ("Altri treni", ("en", "it"), "it"),
        ("Altri treni", ("zh-Hans", "it"), "it"),
        ("Guten Tag", ("en", "it"), "und"),
        ("Sarah Thompson", ("en",), "und"),
        ("Matteo Lombardi", ("it", "en"), "und"),
        ("Nova", ("pt", "en"), "und"),
        ("Новый план", ("en", "ru"), "ru"),
        ("Bona fide", (), "und"),
    ],
)
def test_what_the_page_adds(text: str, seen: tuple[str, ...], expected: str) -> None:
    guess = detect(text, LANGUAGES, seen)
    assert guess.language == expected
    assert guess.score <= 0.7


def test_the_page_does_not_overrule_evidence() -> None:
    text = "Domani mattina il treno parte con mezz'ora di ritardo."
    assert detect(text, LANGUAGES, ("en", "pt")) == detect(text, LANGUAGES)


def test_names_in_a_row_are_no_foreign_language() -> None:
    names = "Wanjiku Kamau, Neema Baraka, Rafiki Tumaini, Zawadi Imani, Jabari Simba, Amani Uhuru"
    sentence = "Kamati itachapisha matokeo yake kabla ya mwisho wa mwezi huu."
    assert detect(names, LANGUAGES, ("en",)).language == "und"
    assert detect(sentence, LANGUAGES, ("en",)).language == "sw"


def test_few_letters_are_enough_where_no_other_language_is_near() -> None:
    assert detect("Show previous page", LANGUAGES) == Guess("en", 0.97)
    assert detect("Water bottles", LANGUAGES).runner_up  # somebody else had to be asked


def test_long_text_is_judged_by_its_beginning() -> None:
    english = "The committee will publish its findings before the end of the month. "
    assert detect(english * 5 + "国" * 5, LANGUAGES).language == "en"
    assert detect(english * 200 + "\ud800" * 20_000, LANGUAGES) == detect(english * 200, LANGUAGES)


@given(HOSTILE, st.sampled_from([(), ("en",), ("en", "it"), ("ru", "zh-Hans")]))
def test_any_text_has_an_answer(text: str, seen: tuple[str, ...]) -> None:
    guess = detect(text, LANGUAGES, seen)
    assert guess == detect(text, LANGUAGES, seen)
    assert 0.0 <= guess.score <= 1.0
    assert (guess.language == "und") == (guess.score == 0.0)
