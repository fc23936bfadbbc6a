"""States that ISO 3166-1 does not list: dissolved ones under their ISO 3166-3 alpha-3, others under own ``X..`` codes.

A row: alpha-3, alpha-2 (None where another country has it now), name, first day, last day (None where it stands; a bare
year where no day is agreed), codes of the states that took its place, other names. A code says nothing about
recognition, and may never be removed or reused: stored facts name it.
"""

# fmt: off
FORMER: tuple[tuple[str, str | None, str, str | None, str | None, str, str], ...] = (
    ("ANT", "AN", "Netherlands Antilles", "1954-12-15", "2010-10-09", "CUW SXM BES", "Dutch Antilles"),
    ("CSK", None, "Czechoslovakia", "1918-10-28", "1992-12-31", "CZE SVK",
     "Czechoslovak Republic; Czechoslovak Socialist Republic; Czech and Slovak Federative Republic; "
     "Czech and Slovak Federal Republic; Czecho-Slovakia; CSSR"),
    ("DDR", "DD", "East Germany", "1949-10-07", "1990-10-02", "DEU", "German Democratic Republic; GDR"),
    ("GEL", None, "Gilbert and Ellice Islands", "1916-01-12", "1975-12-31", "KIR TUV", ""),
    ("NTZ", "NT", "Saudi-Iraqi Neutral Zone", "1922-12-02", "1991", "IRQ SAU", "Saudi Arabian-Iraqi Neutral Zone"),
    ("PCI", "PC", "Trust Territory of the Pacific Islands", "1947-07-18", "1994-09-30", "FSM MHL MNP PLW",
     "Pacific Islands (trust territory)"),
    ("PCZ", "PZ", "Panama Canal Zone", "1903-11-18", "1979-09-30", "PAN", "Canal Zone"),
    ("SCG", None, "Serbia and Montenegro", "2003-02-04", "2006-06-02", "SRB MNE",
     "State Union of Serbia and Montenegro; Serbia-Montenegro (Kosovo)"),
    ("SKM", None, "Kingdom of Sikkim", None, "1975-05-15", "IND", "Sikkim"),
    ("SUN", "SU", "Soviet Union", "1922-12-30", "1991-12-25",
     "RUS UKR BLR MDA EST LVA LTU ARM AZE GEO KAZ KGZ TJK TKM UZB",
     "USSR; Union of Soviet Socialist Republics; Soviet Russia"),
    ("VDR", "VD", "North Vietnam", "1945-09-02", "1976-07-01", "VNM",
     "Democratic Republic of Vietnam; North Viet Nam; Democratic Republic of Viet Nam; DRV"),
    ("YMD", "YD", "South Yemen", "1967-11-30", "1990-05-21", "YEM",
     "People's Democratic Republic of Yemen; Democratic Yemen; Yemen (Aden); PDRY; People's Republic of South Yemen; "
     "Yemen, Democratic"),
    ("YUG", "YU", "Yugoslavia", "1918-12-01", "2003-02-03", "HRV SVN MKD BIH SCG",
     "Socialist Federal Republic of Yugoslavia; SFRY; Federal Republic of Yugoslavia; FRY; Kingdom of Yugoslavia; "
     "Federal People's Republic of Yugoslavia; Kingdom of Serbs, Croats and Slovenes; Jugoslavia; Yugoslavia (Kosovo)"),
    ("XAB", None, "Abkhazia", "1992-07-23", None, "", "Republic of Abkhazia"),
    ("XAH", None, "Austria-Hungary", "1867-06-08", "1918-10-31", "AUT HUN CSK POL YUG", "Austro-Hungarian Empire"),
    ("XBD", None, "Grand Duchy of Baden", "1806", "1871-01-17", "DEU", ""),
    ("XBF", None, "Biafra", "1967-05-30", "1970-01-15", "NGA", "Republic of Biafra"),
    ("XBV", None, "Kingdom of Bavaria", "1806-01-01", "1871-01-17", "DEU", ""),
    ("XCA", None, "Federal Republic of Central America", "1823", "1841", "CRI GTM HND NIC SLV",
     "United Provinces of Central America"),
    ("XCF", None, "Confederate States of America", "1861-02-08", "1865-05-05", "USA", "Confederate States"),
    ("XDZ", None, "Free City of Danzig", "1920-11-15", "1939-09-01", "POL", ""),
    ("XGC", None, "Gran Colombia", "1819-12-17", "1831-11-19", "COL ECU PAN VEN", "Great Colombia"),
    ("XHI", None, "Kingdom of Hawaii", "1795", "1898-08-11", "USA", "Republic of Hawaii; Sandwich Islands"),
    ("XHN", None, "Kingdom of Hanover", "1814-10-12", "1866-09-20", "DEU", ""),
    ("XKE", None, "Korean Empire", "1392", "1910-08-28", "KOR PRK", "Joseon; Choson; Empire of Korea"),
    ("XKT", None, "State of Katanga", "1960-07-11", "1963-01-21", "COD", ""),
    ("XKX", "XK", "Kosovo", "2008-02-17", None, "", "Republic of Kosovo; Kosova"),
    ("XMK", None, "Manchukuo", "1932-03-01", "1945-08-18", "CHN", ""),
    ("XNC", None, "Northern Cyprus", "1983-11-15", None, "", "Turkish Republic of Northern Cyprus; TRNC"),
    ("XNF", None, "Dominion of Newfoundland", "1907-09-26", "1949-03-30", "CAN", ""),
    ("XNK", None, "Nagorno-Karabakh", "1991-09-02", "2023-12-31", "AZE",
     "Nagorno-Karabakh Republic; Artsakh; Republic of Artsakh"),
    ("XOF", None, "Orange Free State", "1854-02-17", "1902-05-31", "ZAF", ""),
    ("XOS", None, "South Ossetia", "1991-12-21", None, "", "Republic of South Ossetia"),
    ("XPA", None, "Papal States", None, "1870-09-20", "ITA VAT", "States of the Church"),
    ("XRN", None, "Federation of Rhodesia and Nyasaland", "1953-08-01", "1963-12-31", "MWI ZMB ZWE",
     "Central African Federation"),
    ("XSL", None, "Somaliland", "1991-05-18", None, "", "Republic of Somaliland"),
    ("XSV", None, "South Vietnam", "1949-07-02", "1976-07-01", "VNM",
     "Republic of Vietnam; State of Vietnam; Republic of South Vietnam; South Viet Nam; Republic of Viet Nam"),
    ("XSX", None, "Kingdom of Saxony", "1806-12-20", "1871-01-17", "DEU", ""),
    ("XTN", None, "Transnistria", "1990-09-02", None, "", "Pridnestrovian Moldavian Republic; Transdniestria"),
    ("XTS", None, "Kingdom of the Two Sicilies", "1816-12-08", "1861-03-16", "ITA", "Two Sicilies"),
    ("XTV", None, "South African Republic", "1852-01-17", "1902-05-31", "ZAF", "Transvaal Republic"),
    ("XTX", None, "Republic of Texas", "1836-03-02", "1845-12-28", "USA", ""),
    ("XWI", None, "West Indies Federation", "1958-01-03", "1962-05-31", "ATG BRB DMA GRD JAM KNA LCA TTO VCT",
     "Federation of the West Indies"),
    ("XWU", None, "Kingdom of Württemberg", "1806-01-01", "1871-01-17", "DEU", ""),
    ("XZN", None, "Sultanate of Zanzibar", "1963-12-10", "1964-04-25", "TZA", "People's Republic of Zanzibar"),
)
# fmt: on

DATED_NAMES: tuple[tuple[str, str, str, str], ...] = (
    ("Congo", "COG", "1971-10-27", "1997-05-16"),  # the other Congo was Zaire
    ("CS", "CSK", "1918-10-28", "1992-12-31"),  # a code that ISO withdrew and gave again
    ("CS", "SCG", "2003-02-04", "2006-06-02"),
    ("Gold Coast", "GHA", "1821", "1957-03-05"),  # a city in Australia now
    ("Hawaii", "XHI", "1795", "1898-08-11"),
    ("Korea", "XKE", "1392", "1910-08-28"),
    ("Republic of China", "CHN", "1912-01-01", "1949-09-30"),  # before it withdrew to Taiwan
    ("ROC", "CHN", "1912-01-01", "1949-09-30"),
    ("Russia", "SUN", "1922-12-30", "1991-12-25"),
    ("Serbia and Montenegro", "YUG", "1992-04-27", "2003-02-03"),  # written so by those who did not recognise the name
    ("Serbia-Montenegro (Kosovo)", "YUG", "1992-04-27", "2003-02-03"),
    ("Vietnam", "XSV", "1949-07-02", "1975-04-30"),  # as the Western press wrote; the North was "North Vietnam"
    ("Viet Nam", "XSV", "1949-07-02", "1975-04-30"),
)
"""Name, alpha-3, first and last day on which it means that state; on other days what the tables say, if anything."""

WITHDRAWN: dict[str, str] = {
    "AFI": "DJI", "ATB": "ATA", "ATN": "ATA", "BUR": "MMR", "BYS": "BLR", "CTE": "KIR", "DHY": "BEN", "FXX": "FRA",
    "HVO": "BFA", "JTN": "UMI", "MID": "UMI", "NHB": "VUT", "PUS": "UMI", "RHO": "ZWE", "ROM": "ROU", "TMP": "TLS",
    "WAK": "UMI", "ZAR": "COD",
    "BU": "MMR", "CT": "KIR", "DY": "BEN", "FQ": "ATF", "FX": "FRA", "HV": "BFA", "JT": "UMI", "MI": "UMI", "NH": "VUT",
    "NQ": "ATA", "PU": "UMI", "RH": "ZWE", "TP": "TLS", "WK": "UMI", "ZR": "COD",
}  # fmt: skip
"""Codes that ISO withdrew for a renaming or a merger, and the alpha-3 that stands for the same country now.

An alpha-2 that ISO gave to another country since (AI, BQ, GE, SK) means that one only.
"""
