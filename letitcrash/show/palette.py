"""The book's colours, each with its counterpart in the dark. Pictures name the light ones; the page swaps them."""

INK, GREY, RULE, PAPER = "#2B2620", "#6B6358", "#E4DAC6", "#FFFCF5"
YOLK, TEAL, BRICK, PLUM, LEAF = "#BF7600", "#1F6F78", "#B5462F", "#6B4E8A", "#4F7A3A"
EGG = "#F2A900"  # the yolk itself: for surfaces, never for lines or text
YOLK_SOFT, TEAL_SOFT, BRICK_SOFT = "#F8DFA6", "#CBE3E3", "#F3D2C8"

COLOURS = (YOLK, TEAL, BRICK, PLUM, LEAF)  # in the order in which a figure uses them
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")  # beside them: colour is never the only sign

DARK = {
    INK: "#F2EADC",
    GREY: "#B7AC9A",
    RULE: "#403A31",
    PAPER: "#1D1A16",
    YOLK: "#F6B73C",
    TEAL: "#66BCC4",
    BRICK: "#F08A6E",
    PLUM: "#BFA3E0",
    LEAF: "#9CCB84",
    EGG: "#E5A01C",
    YOLK_SOFT: "#4A3A17",
    TEAL_SOFT: "#1F3F42",
    BRICK_SOFT: "#4C2A20",
}

NAMES = {
    "ink": INK,
    "grey": GREY,
    "rule": RULE,
    "paper": PAPER,
    "yolk": YOLK,
    "teal": TEAL,
    "brick": BRICK,
    "plum": PLUM,
    "leaf": LEAF,
    "egg": EGG,
    "yolk-soft": YOLK_SOFT,
    "teal-soft": TEAL_SOFT,
    "brick-soft": BRICK_SOFT,
}
