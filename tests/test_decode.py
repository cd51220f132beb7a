import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DecodeError
from pipeline.io.decode import Decoded, decode

CHINESE = (
    "比特币价格周二跌破六万美元，市场分析师认为这主要是由于投资者担心美联储将继续加息。多家交易所的成交量也明显下滑。"
)
TRADITIONAL = (
    "比特幣價格週二跌破六萬美元，市場分析師認為這主要是由於投資者擔心聯準會將繼續升息。多家交易所的成交量也明顯下滑。"
)
JAPANESE = (
    "日本銀行は金融政策決定会合で、現在の大規模な金融緩和策を維持することを決めた。市場では円安への懸念が広がっている。"
)
KOREAN = "한국은행은 금융통화위원회를 열고 기준금리를 현재 수준으로 유지하기로 결정했다. 시장에서는 우려가 커지고 있다."
FRENCH = (
    "Le président a déclaré hier que la réforme serait présentée à l’Assemblée avant "
    "l’été. Les syndicats, déjà très opposés, préparent une grève."
)
GERMAN = (
    "Die Regierung will die Fördermittel für Wärmepumpen kürzen. Kritiker befürchten, "
    "daß viele Häuser weiter mit Öl beheizt würden."
)
PORTUGUESE = (
    "O governo anunciou que a inflação não deverá ultrapassar os três por cento até ao "
    "fim do ano, segundo a Comissão Europeia."
)
RUSSIAN = (
    "Центральный банк России сохранил ключевую ставку на прежнем уровне. По мнению аналитиков, "
    "это связано с замедлением инфляции."
)
POLISH = (
    "Rząd zapowiedział wczoraj, że podatki dla małych firm zostaną obniżone. Zdaniem "
    "ekonomistów może to poprawić sytuację na rynku."
)
CZECH = (
    "Vláda v úterý schválila návrh zákona, který má snížit daně pro malé podniky. Účinek se však projeví až příští rok."
)
TURKISH = "Türkiye Cumhuriyet Merkez Bankası faiz oranını değiştirmedi. Ekonomistler düşüş öngörüyor ancak şaşırmadı."
GREEK = (
    "Η κυβέρνηση ανακοίνωσε χθες νέα μέτρα για τη στήριξη της οικονομίας. Οι αναλυτές εκτιμούν ότι θα χρειαστεί χρόνος."
)
ENGLISH = (
    "The company said it wouldn’t change its guidance – despite a “challenging” market – and would keep its dividend."
)

LEGACY = [
    (CHINESE, "gb18030"),
    (TRADITIONAL, "big5"),
    (TRADITIONAL, "gb18030"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc_jp"),
    (KOREAN, "euc_kr"),
    (FRENCH, "cp1252"),
    (GERMAN, "iso8859_1"),
    (PORTUGUESE, "cp1252"),
    (ENGLISH, "cp1252"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8_r"),
    (RUSSIAN, "iso8859_5"),
    (POLISH, "cp1250"),
    (POLISH, "iso8859_2"),
    (CZECH, "cp1250"),
    (TURKISH, "cp1254"),
    (GREEK, "cp1253"),
]


@pytest.mark.parametrize(("text", "encoding"), LEGACY)
@pytest.mark.parametrize("length", [40, 80, 1000])
def test_a_legacy_paragraph_is_read_right(text: str, encoding: str, length: int) -> None:
    data = text[:length].encode(encoding)
    decoded = decode(data)
    assert decoded.text == text[:length]
    assert decoded.text.encode(decoded.encoding) == data


def test_legacy_names_among_ascii() -> None:
    text = "According to 新华社, the central bank (中国人民银行) left its rates where they were on Tuesday."
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("text", ["", "plain", "naïve “quotes”", CHINESE, "a\r\nb\u2028c\u0085d"])
def test_utf8_is_tried_first(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_decides_and_stays(encoding: str) -> None:
    text = "\ufeffHello, 世界 😀\r\n"
    assert decode(text.encode(encoding)) == Decoded(text, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Hello, world.\r\n", "1. " + CHINESE + "\n", "Größe: " + RUSSIAN])
def test_utf16_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == Decoded(text, encoding)


def test_a_stray_nul_is_text() -> None:
    assert decode(b"a\x00b") == Decoded("a\x00b", "utf-8")
    assert decode((CHINESE + "\x00").encode()).text == CHINESE + "\x00"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"%PDF-1.7 all of it ASCII", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x00\x01\x00\x02" * 50, "control characters|NUL"),
        (bytes(range(32)) * 20, "control characters"),
        (bytes(range(256)) * 4, "invalid UTF-8 at byte 128"),
        ("Preço é".encode() + b"\xff" + " não é".encode(), "invalid UTF-8 at byte 9 "),
        (CHINESE.encode()[:-1], "invalid UTF-8 at byte"),
        (("x" * 50 + "é" * 9).encode() + b"\xe9 end", "invalid UTF-8 at byte 68 "),
        (b"\xff\xfea", "invalid UTF-16-LE at byte 2 after a byte order mark"),
        (b"\xef\xbb\xbfa\xff", "invalid UTF-8 at byte 4 after a byte order mark"),
        (b"\xef\xbb\xbf" + b"\x01\x02" * 40, "control characters"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, message: str) -> None:
    with pytest.raises(DecodeError, match=message):
        decode(data)


@given(st.binary(max_size=200))
def test_whatever_is_read_can_be_written_again(data: bytes) -> None:
    try:
        decoded = decode(data)
    except DecodeError as error:
        assert str(error)
    else:
        assert decoded.text.encode(decoded.encoding) == data


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=100))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    assert decode(text.encode("utf-8")).text == text


def test_a_few_stray_bytes_in_english_are_damage_and_no_other_script() -> None:
    data = b"The harbour froze for the first time in forty years." * 8 + b"\xff\xfe\x80" + b" Nobody came." * 8
    with pytest.raises(DecodeError, match="invalid UTF-8 at byte"):
        decode(data)
