"""The kind of a name, where the article as a whole or common knowledge says more than the sentence that it stands in."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tasks.language.gazetteer import is_country, is_large_place
from tasks.language.reading import EntityType, Name

# Confidence of a name that the tagger gives none for.
UNSURE: Final = 0.5
# From this confidence on, the tagger knows better than a list.
SURE: Final = 0.97
# Adjectives and nouns of countries, peoples and faiths whose singular a tagger takes for a place or a person.
DEMONYMS: Final = frozenset(
    """
    Afghan Albanian Algerian American Angolan Argentine Argentinian Armenian Australian Austrian Azerbaijani Bahamian Bahraini Bangladeshi
    Barbadian Belarusian Belgian Beninese Bhutanese Bolivian Bosnian Botswanan Brazilian British Bulgarian Burkinabe Burmese Burundian
    Cambodian Cameroonian Canadian Chadian Chilean Chinese Colombian Congolese Croat Croatian Cuban Cypriot Czech Danish Djiboutian Dominican
    Dutch Ecuadorian Egyptian Emirati English Equatoguinean Eritrean Estonian Ethiopian Fijian Filipino Finnish French Gabonese Gambian Georgian
    German Ghanaian Greek Grenadian Guatemalan Guinean Guyanese Haitian Honduran Hungarian Icelandic Indian Indonesian Iranian Iraqi Irish Israeli
    Italian Ivorian Jamaican Japanese Jordanian Kazakh Kenyan Korean Kosovar Kuwaiti Kyrgyz Lao Laotian Latvian Lebanese Liberian Libyan Lithuanian
    Luxembourgish Macedonian Malagasy Malawian Malaysian Maldivian Malian Maltese Mauritanian Mauritian Mexican Moldovan Mongolian Montenegrin
    Moroccan Mozambican Namibian Nepalese Nepali Nicaraguan Nigerian Nigerien Norwegian Omani Pakistani Palestinian Panamanian Paraguayan Peruvian
    Polish Portuguese Qatari Romanian Russian Rwandan Salvadoran Samoan Saudi Scottish Senegalese Serb Serbian Singaporean Slovak Slovenian Somali
    Spanish Sudanese Surinamese Swazi Swedish Swiss Syrian Taiwanese Tajik Tanzanian Thai Togolese Tongan Trinidadian Tunisian Turkish Turkmen Ugandan
    Ukrainian Uruguayan Uzbek Venezuelan Vietnamese Welsh Yemeni Zambian Zimbabwean African Asian European Arab Arabian Kurdish Tibetan Uyghur Uighur
    Rohingya Basque Catalan Chechen Tatar Jewish Muslim Christian Hindu Buddhist Sikh Catholic Protestant Sunni Shia Shiite Islamic Orthodox Latino
    Hispanic Caribbean Balkan Nordic Scandinavian Western Yoruba Igbo Hausa Zulu Xhosa Tutsi Hutu Dalit Maori Māori Inuit Cree Mapuche Quechua Aboriginal
    """.split()
)
ORGANISATIONS: Final = frozenset(
    "AFP|AFL|AIIB|Al Jazeera|Al-Qaeda|al-Qaeda|Amnesty International|ANC|AP|APEC|ASEAN|AU|BBC|BJP|Boko Haram|CBS|CIA|CNN|ECB|ECOWAS|EU|E.U.|European"
    " Commission|European Union|FAO|FBI|Fed|Federal Reserve|FIFA|G20|G7|Gazprom|Greenpeace|Hamas|Hezbollah|Human Rights Watch|IAEA|ICC|ICJ|ICRC|ILO|IMF"
    "|Interpol|IOC|IOM|IPCC|ISIS|Islamic State|Kremlin|Médecins Sans Frontières|MSF|NASA|NATO|Nato|NBC|OAS|OECD|OPEC|Oxfam|Pentagon|Red Crescent|Red"
    " Cross|Reuters|SADC|Supreme Court|Taliban|UEFA|UN|U.N.|UNDP|UNESCO|Unesco|UNHCR|UNICEF|Unicef|United Nations|UNRWA|WFP|White House|WHO|World"
    " Bank|World Health Organization|WTO|WWF|Xinhua|State Department|Parliament|Congress|Senate|House of Commons|House of Representatives".split(
        "|"
    )
)
PEOPLE_OF: Final = ("s", "es")
ACRONYM: Final = re.compile(r"[A-Z]{2,6}")
NEVER_ACRONYMS: Final = frozenset({"GPE", "PERSON", "PRODUCT", "WORK"})


def settled(text: str, names: Sequence[Name]) -> list[Name]:
    """Names with the kind that their words have in the whole article, and that of well-known words in general."""
    votes: defaultdict[str, defaultdict[EntityType, float]] = defaultdict(lambda: defaultdict(float))
    for name in names:
        votes[_words(text, name)][name.entity_type] += UNSURE if name.confidence is None else name.confidence
    by_words = {words: max(found, key=found.__getitem__) for words, found in votes.items()}
    return [_known(text, replace(name, entity_type=by_words[_words(text, name)])) for name in names]


def _words(text: str, name: Name) -> str:
    return text[name.start_char : name.end_char]


def _known(text: str, name: Name) -> Name:
    words = _words(text, name)
    if words in ORGANISATIONS:
        return replace(name, entity_type="ORG")
    if (name.confidence or UNSURE) < SURE and name.entity_type in {"ORG", "PERSON", "LOC"} and is_country(words):
        return replace(name, entity_type="GPE")
    if name.entity_type in NEVER_ACRONYMS and ACRONYM.fullmatch(words) and not is_large_place(words):
        return name if _is_shouted(text, name) else replace(name, entity_type="ORG")
    singular = next((words.removesuffix(end) for end in PEOPLE_OF if words.removesuffix(end) in DEMONYMS), words)
    return replace(name, entity_type="NORP") if singular in DEMONYMS else name


def _is_shouted(text: str, name: Name) -> bool:
    """True for a word in capitals beside another one: a headline, or a name in capitals."""
    before = re.search(r"[A-Z]{2,}\W{1,2}$", text[max(0, name.start_char - 12) : name.start_char])
    behind = re.match(r"\W{1,2}[A-Z]{2,}\b", text[name.end_char : name.end_char + 12])
    return bool(before or behind)
