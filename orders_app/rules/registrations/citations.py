"""The Acts and regulations of registration, made into citations by calling them with a provision and its page."""

from __future__ import annotations

from orders_app.rules.order_types.vocabulary import Cites
from orders_app.rules.spec import Citation

offences = Cites("Sexual Offences Act 2003", "ukpga/2003/42")
sentencing = Cites("Sentencing Act 2020", "ukpga/2020/17")
regulations = Cites("Sexual Offences Act 2003 (Notification Requirements) (England and Wales) Regulations 2012", "uksi/2012/1876")
travel = Cites("Sexual Offences Act 2003 (Travel Notification Requirements) Regulations 2004", "uksi/2004/1220")

TIME_AWAY = offences("s.83(6)", "section/83")
FINANCE_NOT_HELD = Citation(
    "College of Policing APP:",
    "Managing sexual offenders, notification requirements",
    "https://www.college.police.uk/app/major-investigation-and-public-protection/managing-sexual-offenders-and-violent-offenders",
)
