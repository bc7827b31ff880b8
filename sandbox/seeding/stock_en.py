"""Parts of American names: firms are put together from these, so that no real one is named."""

FIRST = """
Harrow Oakmere Brightwater Larkspur Copperfield Marrow Tallow Penrose Dovecote Kestrel Swan Tern Alder
Bramble Cinder Dunmore Elmhurst Fenwick Gable Hollis Ivywood Juniper Kettle Lantern Millbrook Northwind
Orchard Pemberton Quarry Rowan Saddler Thistle Umber Vesper Willow Yarrow Ashgrove Bellweather
Candlewick Driftwood Evergreen Foxglove Greystone Hawthorn Ironbridge Jasper Lockridge Marigold Nettle
Osprey
""".split()
SECOND = """
Lane Street Hill Bridge Mill Field Gate Harbor Ridge Creek Point Row Common Crossing Landing Grove Park
West East North South
""".split()
PAIRS = [
    "Tern & Tide", "Swan & Mill", "Tallow & Reed", "Finch & Thorn", "Oak & Anvil", "Salt & Slate",
    "Rook & Rye", "Hart & Hollow", "Pine & Pewter", "Moss & Main", "Brick & Barley", "Wren & Wick",
    "Stone & Sparrow",
    "Fern & Ferry",
]  # fmt: skip
BY_INDUSTRY: dict[str, list[str]] = {
    "healthcare": ["Clinics", "Dental", "Family Practice", "Pediatrics", "Eye Care", "Physical Therapy"],
    "education": ["Schools", "Academy", "College", "Learning Center", "Montessori", "Day School"],
    "insurance": ["Insurance", "Mutual", "Underwriters", "Assurance", "Claims Services"],
    "logistics": ["Logistics", "Freight", "Warehousing", "Moving & Storage", "Couriers"],
    "law": ["Law Office", "Legal Partners", "Title & Escrow", "Attorneys"],
    "hospitality": ["Inn", "Hotels", "Bakery", "Catering", "Coffee House", "Kitchen"],
    "manufacturing": ["Manufacturing", "Works", "Tool & Die", "Printers", "Packaging", "Fisheries"],
    "public": ["Library", "Archives", "Historical Society", "Museum", "Housing"],
    "retail": ["Outfitters", "Hardware", "Books", "Garden Supply", "Furnishings", "Market"],
}
ANY_INDUSTRY = ["Partners", "Services", "Associates", "Holdings", "Trading"]
FORMS = [("", 0.42), ("Inc.", 0.24), ("LLC", 0.24), ("Co.", 0.10)]

NASTY_FIRMS = [
    "O'Neil & Sons Freight", "D’Angelo’s Café Supply", 'The "Paper" Place', "Null & Void Partners",
    "A/B Test Kitchens", "Ünal & Åström Interiors", "100% Office", "<b>Bold</b> Signs",
    "St. John's-on-the-Hill Day School", "X", "Smith, Smith, Smyth & Smith", "7 Days 24 Hours",
    "Mother Theodora's Interdenominational School and Home for Retired Harbor Pilots of Ohio",
    "Robert'); Tables & Chairs", "The The Furnishings",
]  # fmt: skip

MALE = """
Aaron Albert Andre Arthur Ben Calvin Carlos Cedric Clark Dale Daniel Darius Dean Edgar Eli Emil Felix
Frank Gavin George Grant Hassan Henry Hugh Ivan Jack Jamal Jared Jonah Julian Kevin Kurt Lance Louis
Marcus Martin Miles Nathan Neil Omar Oscar Owen Patrick Paul Ravi Rex Roland Samuel Simon Theo Tobias
Victor Walter Wesley
""".split()
FEMALE = """
Abigail Ada Alice Amara Anita Audrey Beatrice Bonnie Carla Celia Clara Corinne Dana Delia Edith Elena
Esther Faye Flora Grace Hazel Helen Irene Iris Janet Joan Judith Keisha Kim Laura Leah Lena Lydia Mae
Marta Mei Miriam Nadia Nora Olive Opal Paula Priya Rosa Ruth Selma Sonia Stella Tess Thea Ursula Vera
Wanda Yolanda Zoe
""".split()
MIDDLE = "A. B. C. D. E. F. G. H. J. K. L. M. N. P. R. S. T. V. W.".split()
RARE_SURNAMES = """
Castell Orme Hale Quennell Tidmarsh Ashdown Bellamy Carrow Dunstan Ellery Fairbairn Garrick Haverty
Inskeep Jessop Kilgore Lathrop Merriweather Nighswander Ostrander Pettibone Quimby Ravenel Sattler
Thackery Upshaw Vandermeer Whitlock Yarborough Zeller
""".split()
NASTY_PEOPLE: list[tuple[str, str | None, str, bool]] = [
    ("Siobhán", None, "O'Neil", True), ("Mary-Kate", None, "St. John-Smythe", True),
    ("Renée", None, "D’Souza", True), ("Jo", None, "Ng", True), ("Bob", None, "Null", False),
    ("José", "María", "de la Cruz y Ávila", False),
    ("Hubert", "B.", "Wolfeschlegelsteinhausen-Bergerdorff", False), ("Li", None, "Li", True),
    ("Sean", None, "MacDonald", False), ("Shawn", None, "McDonald", False),
]  # fmt: skip

CITIES: dict[str, list[tuple[str, str, str, str]]] = {
    "midwest": [
        ("Columbus", "OH", "614", "432"), ("Toledo", "OH", "419", "436"), ("Madison", "WI", "608", "537"),
    ],
    "northeast": [
        ("Albany", "NY", "518", "122"), ("Hartford", "CT", "860", "061"), ("Portland", "ME", "207", "041"),
    ],
    "mid-atlantic": [
        ("Baltimore", "MD", "410", "212"), ("Trenton", "NJ", "609", "086"), ("Dover", "DE", "302", "199"),
    ],
    "southeast": [
        ("Savannah", "GA", "912", "314"), ("Raleigh", "NC", "919", "276"), ("Mobile", "AL", "251", "366"),
    ],
    "southwest": [
        ("Tucson", "AZ", "520", "857"), ("El Paso", "TX", "915", "799"), ("Santa Fe", "NM", "505", "875"),
    ],
    "west": [("Boise", "ID", "208", "837"), ("Tacoma", "WA", "253", "984"), ("Eugene", "OR", "541", "974")],
}  # fmt: skip
STREETS = [
    "Harbor Street", "Mill Road", "Quarry Lane", "Depot Street", "Orchard Avenue", "Canal Street",
    "Foundry Road", "Maple Avenue", "Railroad Street", "Market Square", "Church Hill Road", "Prospect Avenue",
    "Lantern Way",
    "Old Post Road",
]  # fmt: skip
POSITIONS: dict[str, list[str]] = {
    "decision-maker": ["Director", "Owner", "Managing partner", "Chief operating officer"],
    "buyer": ["Purchasing manager", "Buyer", "Procurement lead", "Supply coordinator"],
    "office-manager": ["Office manager", "Facilities manager", "Practice manager", "Front desk lead"],
    "accountant": ["Accounts payable", "Bookkeeper", "Controller"],
    "influencer": ["Executive assistant", "IT coordinator", "Department head"],
}
OTHER_POSITIONS = ["Manager", "Coordinator", "Assistant"]
