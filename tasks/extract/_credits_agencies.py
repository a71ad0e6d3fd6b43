"""News agencies: known names, and what marks an unknown one."""

import re
from typing import Final

# Name we give, then other printed forms. Members of the World Association of News Agencies, the European Alliance of
# News Agencies and OANA, with the news services that papers credit most. Sorted by name.
AGENCIES: Final = (
    ("AAP", "Australian Associated Press"),
    ("ADNKRONOS", "Adnkronos"),
    ("AFP", "Agence France-Presse", "Agence France Presse", "Agence-France Presse"),
    ("AGERPRES", "Agerpres"),
    ("AKIpress", "AKIPRESS"),
    ("ANI", "Asian News International"),
    ("ANP", "Algemeen Nederlands Persbureau"),
    ("ANSA", "Ansa"),
    ("APA", "Austria Presse Agentur"),
    ("ATS", "Keystone-ATS", "Keystone-SDA", "SDA"),
    ("Anadolu Agency", "Anadolu", "Anadolu Ajansı"),
    ("Antara", "ANTARA", "ANTARA News"),
    ("Associated Press", "AP", "A.P.", "ASSOCIATED PRESS"),
    ("BTA", "Bulgarian News Agency"),
    ("Belga", "BELGA"),
    ("Bernama", "BERNAMA"),
    ("Bloomberg", "Bloomberg News", "BLOOMBERG"),
    ("CNA", "Central News Agency"),
    ("CNS", "Catholic News Service"),
    ("CTK", "ČTK", "Czech News Agency"),
    ("Canadian Press", "CP", "La Presse Canadienne"),
    ("Caixin",),
    ("DPA", "dpa", "Deutsche Presse-Agentur", "dpa-AFX"),
    ("Dow Jones Newswires", "Dow Jones"),
    ("EFE", "Agencia EFE", "Efe"),
    ("Europa Press", "EUROPA PRESS"),
    ("Fars", "Fars News Agency"),
    ("GNA", "Ghana News Agency"),
    ("HINA", "Hina"),
    ("IANS", "Indo-Asian News Service"),
    ("IPS", "Inter Press Service"),
    ("IRNA", "Islamic Republic News Agency"),
    ("ITAR-TASS",),
    ("Interfax", "INTERFAX"),
    ("Jiji Press", "Jiji"),
    ("KNA", "Kenya News Agency"),
    ("Kyodo", "Kyodo News", "KYODO"),
    ("LUSA", "Lusa"),
    ("MTI",),
    ("NAN", "News Agency of Nigeria"),
    ("NTB",),
    ("PA Media", "PA", "Press Association"),
    ("PAP", "Polish Press Agency"),
    ("PNA", "Philippine News Agency"),
    ("PTI", "Press Trust of India"),
    ("Petra",),
    ("RIA Novosti", "RIA"),
    ("RNS", "Religion News Service"),
    ("Reuters", "REUTERS", "Thomson Reuters"),
    ("Ritzau",),
    ("SANA",),
    ("SID", "Sport-Informations-Dienst"),
    ("SPA", "Saudi Press Agency"),
    ("STT",),
    ("TASS", "Tass"),
    ("TT", "TT News Agency"),
    ("Tanjug",),
    ("UNB", "United News of Bangladesh"),
    ("UNI", "United News of India"),
    ("UPI", "United Press International"),
    ("Ukrinform",),
    ("WAM", "Emirates News Agency"),
    ("Xinhua", "XINHUA", "Xinhua News Agency"),
    ("Yonhap", "Yonhap News Agency", "YONHAP"),
)
CANONICAL: Final = {form: forms[0] for forms in AGENCIES for form in forms}
# Capitalised words that an agency's name ends with or holds, in the languages we meet.
AGENCY_WORDS: Final = frozenset(
    "agence agencia agency agentur agenzia bureau dienst media network news newswire newswires presse press "
    "presseagentur service services syndicate wire wires".split()
)
NOT_NAMED: Final = re.compile(
    r"(?:(?:news |wire )?agenc(?:y|ies)|agenturen|agencias|agences)(?: inputs?)?", re.IGNORECASE
)
LEADING: Final = re.compile(r"^(?:the|la|der|die|die Nachrichtenagentur|news agency)\s+|^l[’']", re.IGNORECASE)
TRAILING: Final = re.compile(r"\s+(?:news agency|news|staff|wires?)$", re.IGNORECASE)
MAX_AGENCY_WORDS: Final = 5


def known_agency(words: str) -> str | None:
    """The name we give an agency; None if it is not in the table. «the Associated Press» is, «AP Moller» is not."""
    bare = words.strip(" .,:;")
    for form in (bare, LEADING.sub("", bare, count=1), TRAILING.sub("", LEADING.sub("", bare, count=1))):
        if form in CANONICAL:
            return CANONICAL[form]
    return None


def agency_by_form(words: str) -> str | None:
    """An agency that is not in the table but says what it is, like «Meridian Press»; None otherwise."""
    bare = LEADING.sub("", words.strip(" .,:;"), count=1)
    if capitalised(bare) and any(word.casefold() in AGENCY_WORDS for word in bare.split()[1:]):
        return bare
    return None


def agency(words: str) -> str | None:
    """An agency, known or recognised by its form."""
    return known_agency(words) or agency_by_form(words)


def capitalised(words: str) -> bool:
    """True for one to five words that each begin with a capital («of» and the like may stand between)."""
    parts = words.split()
    if not 0 < len(parts) <= MAX_AGENCY_WORDS or len(words) > 60:
        return False
    inner = [part for part in parts[1:-1] if part not in {"of", "de", "del", "der", "and", "&"}]
    return all(part[0].isupper() for part in (parts[0], *inner, parts[-1]))
