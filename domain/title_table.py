"""Words that stand beside the names of people. Only what is recorded of a person is ever found behind the later ones.

A word may be added at any time. Given names are left out: Amir, Dean, Don, Shah, Sultan.
"""

import re

TITLES = frozenset(
    (
        "of the and for mr mrs ms miss mme madam madame sir dame lord lady baroness dr doctor prof professor hrh hm "
        "hh his her excellency majesty royal highness right rt hon honorable honourable rev reverend cardinal "
        "archbishop patriarch pope ayatollah sheikh sheik shaikh king queen emperor empress tsar czar emir prince "
        "princess crown grand duke duchess regent former ex acting interim provisional elect designate deputy vice "
        "assistant under first permanent president prime minister premier chancellor taoiseach chairman chairwoman "
        "chair secretary state head chief executive staff federal supreme leader presidency governor mayor senator "
        "speaker foreign home defence defense finance economy interior trade treasury affairs security council "
        "national commission european high special presidential representative envoy ambassador commissioner "
        "director adviser advisor general major brigadier lieutenant colonel captain marshal field admiral "
        "commander comrade"
    ).split()
)
JOINING = frozenset(("of", "the", "and", "for"))
"""Those that join a title with what it is the title of."""
MONARCHS = frozenset(
    (
        "sheikh sheik shaikh king queen emperor empress tsar czar emir amir prince princess duke duchess regent sultan "
        "shah"
    ).split()
)
"""They go by given names, which recur: Hussein, Abdullah II."""
OF_A_WOMAN = frozenset("mrs ms miss mme madam madame lady dame baroness queen empress princess duchess".split())
"""Borne beside the name of a husband as well: Mrs. Reagan, Lady Starmer."""
KIN = frozenset("wife widow husband son daughter brother sister father mother spouse consort".split())
"""Titles of those who bear the name of somebody else."""
AFTER = frozenset("mp mps msp mep mla kc qc pc phd esq cbe obe mbe kbe dbe gbe cmg kcmg dcmg gcmg kcb dcb gcb".split())
"""Letters after a name, or in front of it where it is turned round at its comma."""
NATIONS = frozenset(
    (
        "afghan; albanian; algerian; american; andorran; angolan; argentine; argentinian; armenian; australian; "
        "austrian; azerbaijani; azeri; bahraini; bangladeshi; barbadian; basotho; belarusan; belarusian; "
        "belgian; belizean; beninese; bhutanese; bolivian; bosnian; brazilian; british; bruneian; bulgarian; "
        "burkinabe; burmese; burundian; cambodian; cameroonian; canadian; cape verdean; chadian; chilean; "
        "chinese; colombian; comorian; congolese; costa rican; croatian; cuban; cypriot; czech; czechoslovak; "
        "danish; djiboutian; dominican; dutch; east german; ecuadorean; ecuadorian; egyptian; emirati; english; "
        "equatorial guinean; eritrean; estonian; ethiopian; fijian; filipino; finnish; french; gabonese; "
        "gambian; georgian; german; ghanaian; greek; greenlandic; grenadian; guatemalan; guinean; guyanese; "
        "haitian; hellenic; honduran; hungarian; icelandic; indian; indonesian; iranian; iraqi; irish; israeli; "
        "italian; ivorian; jamaican; japanese; jordanian; kazakh; kazakhstani; kenyan; korean; kosovan; kosovar; "
        "kuwaiti; kyrgyz; lao; laotian; latvian; lebanese; liberian; libyan; lithuanian; luxembourgish; "
        "macedonian; malagasy; malawian; malaysian; maldivian; malian; maltese; mauritanian; mauritian; mexican; "
        "moldovan; monegasque; mongolian; montenegrin; moroccan; mozambican; namibian; nepalese; nepali; "
        "new zealand; nicaraguan; nigerian; nigerien; north korean; north vietnamese; norwegian; omani; ottoman; "
        "pakistani; palestinian; panamanian; papua new guinean; paraguayan; persian; peruvian; philippine; "
        "polish; portuguese; prussian; puerto rican; qatari; romanian; russian; rwandan; salvadoran; "
        "salvadorean; samoan; san marinese; saudi; saudi arabian; scottish; senegalese; serbian; sierra leonean; "
        "singaporean; slovak; slovene; slovenian; somali; south african; south korean; south sudanese; "
        "south vietnamese; soviet; spanish; sri lankan; sudanese; surinamese; swazi; swedish; swiss; syrian; "
        "taiwanese; tajik; tanzanian; thai; timorese; togolese; tongan; tunisian; turkish; turkmen; ugandan; "
        "ukrainian; uruguayan; us american; uzbek; vanuatuan; vatican; venezuelan; vietnamese; welsh; "
        "west german; yemeni; yugoslav; zambian; zimbabwean"
    ).split("; ")
)
"""Of what nation somebody is."""
OF_SOMEBODY = re.compile(
    rf"\b(?:of|for|to) (?:(?:{'|'.join(sorted(NATIONS))}) )?"
    "(?:president|prime minister|premier|chancellor|pope|king|queen|emir)$"
)
"""A title that ends in another one, as in Special Envoy of President Putin."""
