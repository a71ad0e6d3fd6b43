"""Currencies: signs, codes and words, with their ISO 4217 code."""

from collections.abc import Callable
from typing import Final

# Signs and codes as news prints them before an amount. «$» alone is the United States dollar, as in wire style.
SIGNS: Final = {
    "$": "USD",
    "$A": "AUD",
    "$US": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "Aus$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "Can$": "CAD",
    "HK$": "HKD",
    "KSh": "KES",
    "Ksh": "KES",
    "NT$": "TWD",
    "NZ$": "NZD",
    "R": "ZAR",
    "R$": "BRL",
    "RM": "MYR",
    "Rs": "INR",
    "Rs.": "INR",
    "S$": "SGD",
    "US$": "USD",
    "zł": "PLN",
    "£": "GBP",
    "¥": "JPY",
    "฿": "THB",
    "₦": "NGN",
    "₩": "KRW",
    "₪": "ILS",
    "€": "EUR",
    "₴": "UAH",
    "₱": "PHP",
    "₵": "GHS",
    "₹": "INR",
    "₺": "TRY",
    "₽": "RUB",
}
CODES: Final = frozenset(
    "AED ARS AUD BDT BRL CAD CHF CLP CNY COP CZK DKK EGP ETB EUR GBP GHS HKD HUF IDR ILS INR ISK JPY KES KRW MAD MXN "
    "MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD TZS UAH UGX USD VND XAF XOF ZAR".split()
)
# Words that mean one currency.
WORDS: Final = {
    "baht": "THB",
    "birr": "ETB",
    "dollar": "USD",
    "dong": "VND",
    "euro": "EUR",
    "forint": "HUF",
    "hryvnia": "UAH",
    "naira": "NGN",
    "rand": "ZAR",
    "reais": "BRL",
    "renminbi": "CNY",
    "ringgit": "MYR",
    "rouble": "RUB",
    "ruble": "RUB",
    "shekel": "ILS",
    "sterling": "GBP",
    "taka": "BDT",
    "yen": "JPY",
    "yuan": "CNY",
    "zloty": "PLN",
}
# Words that several countries use: which, by a stem of the country's name, printed with it or in the article.
SHARED: Final = {
    "crown": {"Czech": "CZK", "Danish": "DKK", "Norw": "NOK", "Swed": "SEK"},
    "dinar": {
        "Algeria": "DZD",
        "Iraq": "IQD",
        "Jordan": "JOD",
        "Kuwait": "KWD",
        "Liby": "LYD",
        "Serbia": "RSD",
        "Tunisia": "TND",
    },
    "dirham": {"Emirat": "AED", "Morocc": "MAD", "UAE": "AED"},
    "franc": {"Burundi": "BIF", "Congo": "CDF", "Rwanda": "RWF", "Swiss": "CHF", "Switzerland": "CHF"},
    "krona": {"Iceland": "ISK", "Swed": "SEK"},
    "krone": {"Danish": "DKK", "Denmark": "DKK", "Norw": "NOK"},
    "lira": {"Turk": "TRY", "Leban": "LBP", "Syria": "SYP"},
    "peso": {
        "Argentin": "ARS",
        "Chile": "CLP",
        "Colombia": "COP",
        "Cuba": "CUP",
        "Dominican": "DOP",
        "Mexic": "MXN",
        "Philippin": "PHP",
        "Urugua": "UYU",
    },
    "rial": {"Iran": "IRR", "Oman": "OMR", "Yemen": "YER"},
    "riyal": {"Qatar": "QAR", "Saudi": "SAR"},
    "rupee": {"India": "INR", "Nepal": "NPR", "Pakistan": "PKR", "Sri Lanka": "LKR"},
    "rupiah": {"": "IDR"},
    "shilling": {"Kenya": "KES", "Somali": "SOS", "Tanzania": "TZS", "Uganda": "UGX"},
}
# A qualified word names its currency wherever it stands.
QUALIFIED: Final = {
    "dollar": {
        "Australian": "AUD",
        "Canadian": "CAD",
        "Hong Kong": "HKD",
        "Jamaican": "JMD",
        "New Zealand": "NZD",
        "Singapore": "SGD",
        "Taiwan": "TWD",
        "U.S.": "USD",
        "US": "USD",
        "us": "USD",
    },
    "pound": {"British": "GBP", "Egyptian": "EGP", "Lebanese": "LBP", "Sudanese": "SDG", "Syrian": "SYP"},
    "won": {"South Korean": "KRW", "Korean": "KRW", "North Korean": "KPW"},
    "real": {"Brazilian": "BRL"},
}
PLURALS: Final = {
    "kroner": "krone",
    "kronor": "krona",
    "lire": "lira",
    "reais": "reais",
    "pence": "pence",
    "pennies": "penny",
}
# Hundredths, with the currencies that have them.
HUNDREDTHS: Final = {
    "cent": frozenset({"AUD", "CAD", "EUR", "HKD", "KES", "NZD", "SGD", "USD", "ZAR"}),
    "pence": frozenset({"GBP"}),
    "penny": frozenset({"GBP"}),
    "kopeck": frozenset({"RUB"}),
}
AMBIGUOUS: Final = "several currencies share this name"


def singular_currency(word: str) -> str:
    """«dollars» -> «dollar», «kroner» -> «krone»."""
    word = word.lower()
    return PLURALS.get(word) or (word[:-1] if word.endswith("s") and word != "reais" else word)


def currency_of(word: str, qualifier: str, in_article: Callable[[str], bool]) -> str | None:
    """ISO code of a currency word; None where neither the word, its qualifier nor the countries in the article say."""
    qualified = QUALIFIED.get(word, {}).get(qualifier)
    if qualified:
        return qualified
    stems = SHARED.get(word, {})
    printed = {code for stem, code in stems.items() if qualifier and stem and qualifier.startswith(stem)}
    named = printed or {code for stem, code in stems.items() if in_article(stem)}
    if len(named) == 1:
        return named.pop()
    if word == "pound" and not qualifier:
        return "GBP"
    return WORDS.get(word) if not stems else None
