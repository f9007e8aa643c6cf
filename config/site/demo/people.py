"""Invented people: names, numbers and days drawn from seeded dice, so that every run gives the same community."""

import random
from datetime import date, time

from config.kit.person.citizen_ids import check_character

SEED = 20181030
TODAY = date(2018, 10, 31)
# When the records of a day were entered; the demo's own day begins here, so that nothing in it lies ahead.
OPENS = time(9)
AREA = "459999"  # an area code that nobody has

# Surnames of the region, each as often as it stands here.
SURNAMES = "黄黄黄黄李李李陈陈陈韦韦韦梁梁覃覃莫刘刘劳卢宁谢蒙陆潘施农仇"
MALE = "德明国文建志永光家世荣福强庆林平贵忠生怀祥辉春义海克佩安和宝"
FEMALE = "秀英兰玉珍芳梅桂华凤琼丽清红月彩莲香娟琴惠群燕芬菊素瑞妹云霞"


def dice(room):
    """Dice of their own for each room, so that a change in one leaves the others as they are."""
    return random.Random(f"{SEED}-{room}")


class Names:
    """Hands out names that nobody else in the demo has."""

    def __init__(self, rolls, taken=()):
        self.rolls = rolls
        self.taken = set(taken)

    def take(self, *, male=True):
        letters = MALE if male else FEMALE
        while True:
            name = self.rolls.choice(SURNAMES) + self.rolls.choice(letters) + self.rolls.choice(MALE + FEMALE)
            if name not in self.taken and name[1] != name[2]:
                self.taken.add(name)
                return name

    def keep(self, name):
        self.taken.add(name)
        return name


def citizen_id(birth_date, sequence, *, male):
    """A number with the right check character in an area code that nobody has; `sequence` 0 to 499."""
    first = f"{AREA}{birth_date:%Y%m%d}{2 * sequence + (1 if male else 0):03}"
    return first + check_character(first)


def phone(number):
    """`1400000dddd`: a mobile number of no network."""
    return f"1400000{number:04}"
