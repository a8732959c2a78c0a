"""Officers and staff, their teams and areas, what they may do, and where they are signed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders_app.db import Base
from orders_app.models.audit import Audited

SESSION_REFERENCE_LENGTH = 12


class Area(Audited, Base):
    """A policing area of the force."""

    __tablename__ = "areas"
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(100))


class Team(Audited, Base):
    """A team that owns work. Its supervisors (users with `leads_team`) hear when an alert is met with silence."""

    __tablename__ = "teams"
    name: Mapped[str] = mapped_column(String(100), unique=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))

    area: Mapped[Area | None] = relationship(lazy="raise")


class User(Audited, Base):
    """A person who can sign in. `is_active` false ends every session.

    `wants_digest` and `wants_hour_clocks` say what they chose to be told by e-mail; the last stages of what the law sets are told anyway.
    """

    __tablename__ = "users"
    not_audited = frozenset({"password_hash", "last_signed_in_at"})
    username: Mapped[str] = mapped_column(String(80), unique=True)
    rank: Mapped[str] = mapped_column(String(40), default="")
    collar_number: Mapped[str] = mapped_column(String(20), default="")
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(200), default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    leads_team: Mapped[bool] = mapped_column(default=False)
    wants_digest: Mapped[bool] = mapped_column(default=True, server_default=true())
    wants_hour_clocks: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime]
    last_signed_in_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    team: Mapped[Team | None] = relationship(lazy="raise", foreign_keys=[team_id])
    roles: Mapped[list[UserRole]] = relationship(lazy="raise", back_populates="user", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def display_name(self) -> str:
        """Rank, number and name, as colleagues say it: 'PC 4471 Aisha Rahman'."""
        return " ".join(part for part in (self.rank, self.collar_number, self.name) if part)


class UserRole(Audited, Base):
    """One role of one user; several are allowed."""

    __tablename__ = "user_roles"
    __table_args__ = (UniqueConstraint("user_id", "role"),)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    role: Mapped[str] = mapped_column(String(40))

    user: Mapped[User] = relationship(lazy="raise", back_populates="roles")


class UserSession(Base):
    """A signed-in browser. Only a hash of its token is kept; a row can be ended from the server."""

    __tablename__ = "user_sessions"
    __table_args__ = (Index("ix_user_sessions_user_id_ended_at", "user_id", "ended_at"),)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(60), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = relationship(lazy="raise")

    @property
    def reference(self) -> str:
        """What the session is called in addresses: the beginning of its hash, which opens nothing."""
        return self.token_hash[:SESSION_REFERENCE_LENGTH]


class SignInThrottle(Base):
    """How often signing in failed for one user name or one network address, and until when it must wait.

    `user_id` is the user of that name, where there is one: their alerts go to others meanwhile.
    """

    __tablename__ = "sign_in_throttles"
    key: Mapped[str] = mapped_column(String(120), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime]
    blocked_until_at: Mapped[datetime | None]
