"""Areas, teams and officers of the demonstration force, one well-known user name for every role."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from random import Random

from orders_app.models import Area, Team, User, UserRole
from orders_app.rules.access import Role
from orders_app.services.demonstration.names import AREAS, MEN, SURNAMES, WOMEN
from orders_app.services.passwords import hash_password
from orders_app.services.work import Work

PASSWORD = "three herons over northmere"
TEAMS = {
    "Orders desk": "NOR",
    "Orders desk, Eastbridge": "EAS",
    "MOSOVO north": "NOR",
    "MOSOVO east": "EAS",
    "MOSOVO vale": "WHI",
    "SOC Prevent": "NOR",
    "Disclosure": "NOR",
    "Control room": "NOR",
    "Response, Eastbridge": "EAS",
    "Performance and systems": "NOR",
}


@dataclass(frozen=True)
class KnownUser:
    """One user the demonstration is shown with."""

    username: str
    rank: str
    number: str
    name: str
    team: str
    role: Role
    leads: bool = False

    @property
    def display_name(self) -> str:
        """As the pages name them."""
        return User(rank=self.rank, collar_number=self.number, name=self.name).display_name


KNOWN = (
    KnownUser("orders", "PC", "4471", "Aisha Rahman", "Orders desk", Role.ORDERS_DESK),
    KnownUser("orders.sergeant", "Sgt", "0861", "Tomasz Nowak", "Orders desk", Role.ORDERS_SUPERVISOR, leads=True),
    KnownUser("mosovo", "DC", "3318", "Mei-Ling Hargreaves", "MOSOVO north", Role.OFFENDER_MANAGER),
    KnownUser("mosovo.sergeant", "DS", "1187", "Rhian Parry", "MOSOVO north", Role.MOSOVO_SUPERVISOR, leads=True),
    KnownUser("soc", "DS", "2204", "Kwame Mensah", "SOC Prevent", Role.SOC_PREVENT, leads=True),
    KnownUser("disclosure", "DC", "3950", "Niamh Doyle", "Disclosure", Role.DISCLOSURE_OFFICER, leads=True),
    KnownUser("analyst", "", "8102", "Elif Yilmaz", "Performance and systems", Role.DART_ANALYST),
    KnownUser("inspector", "Insp", "0412", "Graham Ashworth", "Response, Eastbridge", Role.INSPECTOR, leads=True),
    KnownUser("duty", "Insp", "0377", "Helen Armitage", "Control room", Role.DUTY_INSPECTOR, leads=True),
    KnownUser("patrol", "PC", "5120", "Jamal Edwards", "Response, Eastbridge", Role.PATROL),
    KnownUser("performance", "", "8077", "Carol Hewitt", "Performance and systems", Role.PERFORMANCE),
    KnownUser("auditor", "", "8009", "Farah Iqbal", "Performance and systems", Role.AUDITOR),
    KnownUser("admin", "", "8044", "Meera Chandran", "Performance and systems", Role.ADMINISTRATOR, leads=True),
)
COLLEAGUES = (
    ("Orders desk", Role.ORDERS_DESK, 5),
    ("Orders desk, Eastbridge", Role.ORDERS_DESK, 5),
    ("MOSOVO north", Role.OFFENDER_MANAGER, 5),
    ("MOSOVO east", Role.OFFENDER_MANAGER, 6),
    ("MOSOVO vale", Role.OFFENDER_MANAGER, 5),
    ("SOC Prevent", Role.SOC_PREVENT, 3),
    ("Disclosure", Role.DISCLOSURE_OFFICER, 3),
    ("Control room", Role.DUTY_INSPECTOR, 2),
    ("Response, Eastbridge", Role.PATROL, 4),
)
SUPERVISORS = (
    ("Orders desk, Eastbridge", Role.ORDERS_SUPERVISOR),
    ("MOSOVO east", Role.MOSOVO_SUPERVISOR),
    ("MOSOVO vale", Role.MOSOVO_SUPERVISOR),
)


@dataclass(frozen=True)
class Staff:
    """The force's own people, once they have rows."""

    areas: dict[str, Area]
    teams: dict[str, Team]
    known: dict[str, User]
    by_team: dict[str, list[User]]


def add_staff(work: Work, rng: Random) -> Staff:
    """Add areas, teams and users. All share one password, which the command prints: this is not a real force."""
    areas = {code: Area(code=code, name=name) for code, name, _ in AREAS}
    work.session.add_all(areas.values())
    work.session.flush()
    teams = {name: Team(name=name, area_id=areas[code].id) for name, code in TEAMS.items()}
    work.session.add_all(teams.values())
    work.session.flush()
    known = {user.username: _known(work, user, teams) for user in KNOWN}
    others = [_colleague(work, rng, teams[team], role, leads=False) for team, role, many in COLLEAGUES for _ in range(many)]
    others += [_colleague(work, rng, teams[team], role, leads=True) for team, role in SUPERVISORS]
    work.session.add_all([*known.values(), *others])
    work.session.flush()
    by_team = {name: [u for u in (*known.values(), *others) if u.team_id == team.id] for name, team in teams.items()}
    return Staff(areas, teams, known, by_team)


def _known(work: Work, known: KnownUser, teams: dict[str, Team]) -> User:
    return _user(
        work, known.username, known.rank, known.number, known.name, teams[known.team], known.role, leads=known.leads, can_sign_in=True
    )


def _colleague(work: Work, rng: Random, team: Team, role: Role, *, leads: bool) -> User:
    number = str(rng.randrange(1000, 7999))
    name = f"{rng.choice((*WOMEN, *MEN))} {rng.choice(SURNAMES)}"
    return _user(
        work, f"{name.split()[-1].lower()}.{number}", "Sgt" if leads else "PC", number, name, team, role, leads=leads, can_sign_in=False
    )


def _user(work: Work, username: str, rank: str, number: str, name: str, team: Team, role: Role, *, leads: bool, can_sign_in: bool) -> User:
    password_hash = hash_password(PASSWORD) if can_sign_in else f"nobody:{secrets.token_hex(8)}"
    return User(
        username=username, rank=rank, collar_number=number, name=name, email=f"{username}@northmere.invalid".replace("’", ""),
        password_hash=password_hash, team_id=team.id, leads_team=leads, created_at=work.now, roles=[UserRole(role=role)],
    )  # fmt: skip
