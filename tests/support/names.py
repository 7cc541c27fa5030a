"""Made-up names, as many as a test needs."""


def letters(number: int) -> str:
    """A number as letters: a name's own."""
    name = ""
    while True:
        number, digit = divmod(number, 26)
        name += "abcdefghijklmnopqrstuvwxyz"[digit]
        if not number:
            return name


def name(number: int) -> str:
    return f"Ru{letters(number)}pert Hen{letters(number)}tzau"
