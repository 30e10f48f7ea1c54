"""The members of the workspace, and how the Web API describes them."""

from dataclasses import asdict, dataclass
from typing import Any

FLAGS = (
    "deleted",
    "is_admin",
    "is_bot",
    "is_invited_user",
    "is_owner",
    "is_primary_owner",
    "is_restricted",
    "is_stranger",
    "is_ultra_restricted",
)


@dataclass
class User:
    """Somebody with an account, here or (is_stranger) in another workspace."""

    id: str
    name: str
    real_name: str
    team_id: str
    email: str | None = None
    is_email_confirmed: bool = True
    locale: str = "en-US"
    tz: str = "Europe/Amsterdam"
    deleted: bool = False
    is_admin: bool = False
    is_bot: bool = False
    is_invited_user: bool = False
    is_owner: bool = False
    is_primary_owner: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    is_ultra_restricted: bool = False
    bot_id: str | None = None
    updated: int = 0
    # Who this is in the scene; the app is never told.
    note: str = ""

    @property
    def is_guest(self) -> bool:
        """Whether they see only the channels they were invited to."""
        return self.is_restricted or self.is_ultra_restricted

    def as_api(
        self, *, with_email: bool, with_locale: bool = False, viewer_team: str
    ) -> dict[str, Any]:
        """The user object; the address needs users:read.email, see users.info."""
        profile: dict[str, Any] = {
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "team": self.team_id,
        }
        if with_email and self.email and not self.is_stranger:
            profile["email"] = self.email
        if self.bot_id:
            profile |= {"bot_id": self.bot_id, "always_active": True}
        described = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "profile": profile,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
        }
        if not self.deleted:
            described |= self._living(with_locale=with_locale)
        if self.team_id != viewer_team:
            described["is_stranger"] = self.is_stranger
        return described

    def _living(self, *, with_locale: bool) -> dict[str, Any]:
        living = {flag: value for flag, value in asdict(self).items() if flag in FLAGS}
        for unusual in ("is_stranger", "is_invited_user"):
            if not living[unusual]:
                del living[unusual]
        living |= {"real_name": self.real_name, "tz": self.tz}
        if not self.is_bot:
            living["is_email_confirmed"] = self.is_email_confirmed
        if with_locale:
            living["locale"] = self.locale
        return living
