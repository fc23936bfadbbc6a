"""What the lists put into words: who came, and what kind of visit it was."""

import pytest

from service.interchange.us_state_topics import topics
from service.interchange.us_state_visitors import visitors


@pytest.mark.parametrize(
    ("remarks", "expected"),
    [
        (None, []),
        ("Discussed trade.", []),
        ("State visit. Private visit to New York City October 3.", ["state-visit"]),
        ("Official Working Visit.", ["official-working-visit"]),
        ("Offical Visit.", ["official-visit"]),
        ("Informal working visit.", ["working-visit"]),
        ("Good will visit.", ["goodwill-visit"]),
        ("Met with President Bush during a private visit.", ["private-visit", "meeting"]),
        ("Accompanied President Ford on an official visit.", ["official-visit"]),
        ("Delivered a message postponing a state visit by King Hassan.", []),
        ("Returned official visit by the Secretary.", []),
        ("Made arrangements for President Clinton's state visit.", []),
        ("Attended the U.S.-Africa Leaders Summit.", ["summit"]),
        ("Met with President Obama at the UN General Assembly.", ["meeting", "un-general-assembly"]),
        ("Attended funeral of President Kennedy.", ["funeral"]),
    ],
)
def test_given_remarks_then_the_kind_of_visit_and_the_occasion_are_topics(remarks: str, expected: list[str]) -> None:
    assert topics(remarks) == expected


WHO: dict[str, list[tuple[str | None, str | None]]] = {
    "Valdas Adamkus": [(None, "Valdas Adamkus")],
    "King Kalakaua": [("King", "Kalakaua")],
    "President Park": [("President", "Park")],
    "Acting President Park": [("Acting President", "Park")],
    "Acting Prime Minister Sirik Matak": [("Acting Prime Minister", "Sirik Matak")],
    "Interim Prime Minister Ayad Allawi": [("Interim Prime Minister", "Ayad Allawi")],
    "Provisional President Ertha Pascal Trouillot": [("Provisional President", "Ertha Pascal Trouillot")],
    "Federal Chancellor Sebastian Kurz": [("Federal Chancellor", "Sebastian Kurz")],
    "Vice Premier Deng Xiaoping": [("Vice Premier", "Deng Xiaoping")],
    "Deputy Prime Minister Ali": [("Deputy Prime Minister", "Ali")],
    "President-elect Roxas": [("President-elect", "Roxas")],
    "President- elect Ernesto Zedillo Ponce de Leon": [("President-elect", "Ernesto Zedillo Ponce de Leon")],
    "President-Elect Carlos Salinas de Gortari": [("President-elect", "Carlos Salinas de Gortari")],
    "President- designate Roberto E. Viola": [("President-designate", "Roberto E. Viola")],
    "Chancellor-elect Gerhard Schroeder": [("Chancellor-elect", "Gerhard Schroeder")],
    "Emperor Dom Pedro II": [("Emperor", "Dom Pedro II")],
    "Pope John Paul II": [("Pope", "John Paul II")],
    "Prime Minister Mackenzie King": [("Prime Minister", "Mackenzie King")],
    "Prime Minster Mackenzie King": [("Prime Minister", "Mackenzie King")],
    "Prime Ministere Silvio Berlusconi": [("Prime Minister", "Silvio Berlusconi")],
    "Prime MinisterHaidar al- Abadi": [("Prime Minister", "Haidar al-Abadi")],
    "Prime Minister Shah Mahmud": [("Prime Minister", "Shah Mahmud")],
    "Shah Mohammad Reza Pahlavi": [("Shah", "Mohammad Reza Pahlavi")],
    "Prime Minister Amir Abbas Hoveyda": [("Prime Minister", "Amir Abbas Hoveyda")],
    "Amir Sulman al-Khalifa": [("Amir", "Sulman al-Khalifa")],
    "Amir Sheikh Tamim bin Hamad Al Thani": [("Amir Sheikh", "Tamim bin Hamad Al Thani")],
    "Emir Sheikh Hamad bin Isa al-Khalifa": [("Emir Sheikh", "Hamad bin Isa al-Khalifa")],
    "President Sheikh Mohamed bin Zayed Al Nahyan": [("President Sheikh", "Mohamed bin Zayed Al Nahyan")],
    "Prime Minister Sheikh Hasina": [("Prime Minister", "Sheikh Hasina")],
    "Prime Minister Sheikh Nasser al-Sabah": [("Prime Minister Sheikh", "Nasser al-Sabah")],
    "Sheikh Nasser Sabah Al-Ahmed Al-Sabah": [("Sheikh", "Nasser Sabah Al-Ahmed Al-Sabah")],
    "President Hassan Sheikh Mohamud": [("President", "Hassan Sheikh Mohamud")],
    "Sultan Haji Hassanal Bolkiah": [("Sultan Haji", "Hassanal Bolkiah")],
    "Prime Minister Mohammed Haji Ibrahim Egal": [("Prime Minister", "Mohammed Haji Ibrahim Egal")],
    "President El Hadj Omar Bongo": [("President El Hadj", "Omar Bongo")],
    "Prime Minister Dato' Seri Anwar bin Ibrahim": [("Prime Minister Dato' Seri", "Anwar bin Ibrahim")],
    "President Dr. Hilda C. Heine": [("President", "Hilda C. Heine")],
    "President Archbishop Makarios III": [("President Archbishop", "Makarios III")],
    "Regent Prince Abdul Ilah": [("Regent Prince", "Abdul Ilah")],
    "Prime Minister-Prince Norodom Kantol": [("Prime Minister-Prince", "Norodom Kantol")],
    "Premier and Prince Sihanouk": [("Premier and Prince", "Sihanouk")],
    "Premier & Prince Sihanouk": [("Premier and Prince", "Sihanouk")],
    "Grand Duchess Charlotte": [("Grand Duchess", "Charlotte")],
    "Crown Prince Mohammed bin Salman": [("Crown Prince", "Mohammed bin Salman")],
    "Governor General Lord Gowrie": [("Governor General", "Lord Gowrie")],
    "Governor General Earl of Athlone": [("Governor General", "Earl of Athlone")],
    "Prime Minister Lord Tuivakano": [("Prime Minister", "Lord Tuivakano")],
    "Lieutenant General Olusegun Obasanjo": [("Lieutenant General", "Olusegun Obasanjo")],
    "General Omar Torrijos Herrera": [("General", "Omar Torrijos Herrera")],
    "General Secretary Tô Lâm": [("General Secretary", "Tô Lâm")],
    "First Secretary Edward Gierek": [("First Secretary", "Edward Gierek")],
    "Junta Member Daniel Ortega": [("Junta Member", "Daniel Ortega")],
    "Chief of State Cheng Heng": [("Chief of State", "Cheng Heng")],
    "Chairman Ne Win": [("Chairman", "Ne Win")],
    "Chairman of the Presidency Bakir Izetbegovic": [("Chairman of the Presidency", "Bakir Izetbegovic")],
    "President of the Council of Ministers Hussain Mohammad Ershad": [
        ("President of the Council of Ministers", "Hussain Mohammad Ershad")
    ],
    "Chairman of the Military Council": [("Chairman of the Military Council", None)],
    "Taoiseach Leo Varadkar": [("Taoiseach", "Leo Varadkar")],
    "Foreign Minister Andrei Gromyko": [("Foreign Minister", "Andrei Gromyko")],
    "Ali Khan, Prime Minister": [("Prime Minister", "Ali Khan")],
    "President Benigno S. Aquino, 3rd": [("President", "Benigno S. Aquino, 3rd")],
    "President Surangel Whipps, Jr": [("President", "Surangel Whipps, Jr")],
    "Prime Minister J.M.G.M. (Tom) Adams": [("Prime Minister", "J.M.G.M. (Tom) Adams")],
    "President Jose Alexander (Xanana) Gusmao": [("President", "Jose Alexander (Xanana) Gusmao")],
    "President de Gaulle": [("President", "de Gaulle")],
    "Premier Ch\u2019en": [("Premier", "Ch\u2019en")],
    "King Abdullah and Crown Prince Hussein": [("King", "Abdullah"), ("Crown Prince", "Hussein")],
    "King Hussein and Queen Noor": [("King", "Hussein"), ("Queen", "Noor")],
    "King Hussein and Queen": [("King", "Hussein"), ("Queen", None)],
    "President Andrzej Duda and Prime Minister Donald Tusk": [
        ("President", "Andrzej Duda"),
        ("Prime Minister", "Donald Tusk"),
    ],
    "President Anwar Sadat, Prime Minister Mustafa Khalil": [
        ("President", "Anwar Sadat"),
        ("Prime Minister", "Mustafa Khalil"),
    ],
}


@pytest.mark.parametrize("text", WHO)
def test_given_titles_and_names_in_one_text_then_they_are_taken_apart(text: str) -> None:
    assert [tuple(one) for one in visitors(text)] == WHO[text]
