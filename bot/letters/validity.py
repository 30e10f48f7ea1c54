"""Until when what an e-mail hands out works, in words."""

from collections.abc import Mapping
from typing import Final

from bot.locale import msgid
from domain.letters.template_wording import HandsOver

WORKS_UNTIL: Final[Mapping[HandsOver, str]] = {
    HandsOver.LINK: msgid("The link in it works until {instant}."),
    HandsOver.PASSWORD: msgid("The initial password in it works until {instant}."),
}
