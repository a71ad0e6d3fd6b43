"""Nouns that say what a person is by office or profession (compiled for this project from news style)."""

from typing import Final

ROLE_NOUNS: Final = frozenset(
    """
    activist actor actress adviser advisor advocate aide ambassador analyst anchor archaeologist archbishop architect
    archivist artist assistant attorney auditor author ayatollah baker banker baroness biologist bishop boss broker
    builder campaigner candidate captain cardiologist carpenter ceo cfo chair chairman chairperson chairwoman chancellor
    chemist chief cleric clerk climatologist coach co-director co-founder co-owner colonel columnist commander
    commentator commissioner comptroller conductor congressman congresswoman constable consul consultant contractor
    controller convener coo coordinator coroner correspondent councillor councilman councilwoman counsel counsellor
    crewman critic curator deckhand delegate demonstrator deputy designer detective developer diplomat director doctor
    docker driver economist editor educator emir engineer entrepreneur envoy epidemiologist executive expert farmer
    filmmaker financier firefighter fisherman founder geologist general governor guitarist harbourmaster head historian
    hydrologist imam inspector instructor interpreter inventor investigator investor journalist judge jurist justice
    king lawmaker lawyer leader lecturer legislator librarian lieutenant lobbyist magistrate manager marshal mayor
    mechanic mediator meteorologist midwife minister monarch musician negotiator nurse officer official ombudsman
    operator organiser organizer owner painter partner pastor pathologist patriarch pediatrician photographer physician
    physicist pilot player poet policeman policewoman politician pollster pope postmaster premier preacher president
    priest prime-minister prince princess principal producer professor prosecutor psychiatrist psychologist publisher
    queen rabbi ranger rector registrar reporter representative researcher resident retiree rapporteur sailor scholar
    scientist secretary secretary-general senator sergeant sheikh sheriff shopkeeper singer skipper sociologist
    solicitor specialist spokesman spokesperson spokeswoman statistician stevedore strategist student sultan
    superintendent supervisor surgeon surveyor teacher technician trader treasurer trustee tutor undersecretary vendor
    veteran vicar vice-chair vice-president virologist volunteer warden witness worker writer
    """.split()
)
# Before a role noun these belong to the role: «acting deputy prime minister».
ROLE_MODIFIERS: Final = frozenset({"acting", "assistant", "associate", "chief", "co", "deputy", "ex", "former", "vice"})
FEMALE_NOUNS: Final = frozenset(
    {"actress", "baroness", "chairwoman", "congresswoman", "councilwoman", "policewoman", "princess", "queen"}
    | {"spokeswoman", "businesswoman", "mother", "sister", "daughter", "wife", "widow", "aunt", "grandmother"}
)
MALE_NOUNS: Final = frozenset(
    {"chairman", "congressman", "councilman", "crewman", "fisherman", "king", "policeman", "prince", "spokesman"}
    | {"businessman", "father", "brother", "son", "husband", "widower", "uncle", "grandfather", "pope", "imam"}
)
