"""Titles as the list of visits writes them before a name, e.g. "Acting Prime Minister", "Amir Sheikh"."""

BEFORE = ("Acting", "Interim", "Provisional", "Transitional", "Federal", "Vice", "Deputy", "Crown", "Former")
"""Words that stand before an office."""

OFFICES = (
    "President", "Prime Minister", "Premier", "Chancellor", "Taoiseach", "Chairman", "Chairwoman", "Secretary",
    "King", "Queen", "Emperor", "Empress", "Prince", "Princess", "Grand Duke", "Grand Duchess", "Regent", "Pope",
    "Sultan", "Amir", "Emir", "Shah", "Sheikh", "Sheik", "Ayatollah",
    "Governor", "Governor General", "First Secretary", "General Secretary", "Secretary General", "First Minister",
    "Foreign Minister", "Minister", "State Counsellor", "High Representative", "Captains Regent", "Chief Minister",
    "Head of State", "Head of Government", "Chief of State", "Junta Member",
    "Chairman of the Presidency", "Chairman of the Council of Ministers", "President of the Council of Ministers",
    "Minister of Foreign Affairs", "Minister for Foreign Affairs", "Secretary of State",
    "General", "Brigadier General", "Lieutenant General", "Major General", "Field Marshal", "Marshal", "Admiral",
    "Colonel", "Captain", "Major",
)  # fmt: skip

AFTER = ("elect", "Elect", "designate", "Designate")
"""Joined to an office by a hyphen."""

HONORIFICS = (
    "Sheikh", "Sheik", "Prince", "Princess", "General", "Field Marshal", "Marshal", "Colonel", "Archbishop", "Dr.",
    "Haji", "El Hadj", "Dato' Seri",
)  # fmt: skip
"""Words between an office and a name; they count as part of the title."""

NAMES = ("Sheikh Hasina",)
"""What begins like an honorific and is a name."""

MISSPELT = {
    "Prime Minster ": "Prime Minister ",
    "Prime Ministere ": "Prime Minister ",
    "Prime MinisterHaidar ": "Prime Minister Haidar ",
    "President- ": "President-",
    "President-Elect ": "President-elect ",
    " al- ": " al-",
}
"""Slips of the list, each with what was meant."""
