"""Every provision that a declaration may depend on: what it does and where it is written. The table says when it is in force."""

from __future__ import annotations

from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.record_spec import Citation, Provision

LEGISLATION = "https://www.legislation.gov.uk"
DOMESTIC_ABUSE = "Domestic Abuse Act 2021"
BORDER_SECURITY = "Border Security, Asylum and Immigration Act 2025"
CRIME_AND_POLICING = "Crime and Policing Act 2026"


def _of(act: str, provision: str, address: str) -> Citation:
    return Citation(act, provision, f"{LEGISLATION}/{address}")


def _crime_and_policing(subject: str) -> Citation:
    """The sections are not numbered here, because the text of the Act was not seen."""
    return Citation(CRIME_AND_POLICING, f"provisions {subject}", f"{LEGISLATION}/ukpga/2026/20")


NOT_KNOWN = "Not known to be in force. Look for commencement regulations"
DETAIL_NOT_SEEN = "Not known to be in force, and the text of the Act was not seen: check the detail before you enter it"
PROVISIONS: dict[str, Provision] = {
    provision.code: provision
    for provision in (
        *(own for order_type in ORDER_TYPES.values() for own in order_type.provisions),
        Provision(
            "daa_part_3",
            "Domestic abuse protection notices and orders",
            "DAPNs may be given and DAPOs made. Those alive when a period ends go on, SI 2025/515 reg.3",
            _of(DOMESTIC_ABUSE, "Part 3", "ukpga/2021/17/part/3"),
            "The period of SI 2026/342 ended on 24 November 2026. Whether it was extended, or went national, is to be confirmed",
        ),
        Provision(
            "daa_s55",
            "End of domestic violence protection notices and orders",
            "No new DVPN may be given. A DVPO may still be made on a notice given before",
            _of(DOMESTIC_ABUSE, "s.55", "ukpga/2021/17/section/55"),
            "Left out of every commencement regulation seen: DVPNs and DVPOs are in force everywhere",
        ),
        Provision(
            "bsa_s55",
            "SCPO: electronic monitoring",
            "An SCPO may hold electronic monitoring, 12 months at a time, where the police area has arrangements for it",
            _of(BORDER_SECURITY, "s.55", "ukpga/2025/31/section/55"),
            NOT_KNOWN,
        ),
        Provision(
            "bsa_s56",
            "Interim SCPO",
            "The High Court may make an interim SCPO, to be served in person within 7 days",
            _of(BORDER_SECURITY, "s.56", "ukpga/2025/31/section/56"),
            NOT_KNOWN,
        ),
        Provision(
            "bsa_s57",
            "SCPO: police and others may apply to the High Court",
            "Chief officers, the NCA, HMRC, BTP and the MDP may apply, after consulting the Director of Public Prosecutions",
            _of(BORDER_SECURITY, "s.57", "ukpga/2025/31/section/57"),
            NOT_KNOWN,
        ),
        Provision(
            "bsa_s58",
            "SCPO: notification",
            "Notification within 3 days of the first day any provision is in force, of changes, and by bodies that are not individuals",
            _of(BORDER_SECURITY, "s.58", "ukpga/2025/31/section/58"),
            NOT_KNOWN,
        ),
        Provision(
            "bsa_s59",
            "SCPO on acquittal or allowed appeal",
            "The Crown Court may make an SCPO on acquittal or when it allows an appeal",
            _of(BORDER_SECURITY, "s.59", "ukpga/2025/31/section/59"),
            NOT_KNOWN,
        ),
        Provision(
            "pcsca_s178",
            "SHPO and SRO: electronic monitoring",
            "An SHPO, an SRO and their interims may hold electronic monitoring, 12 months at a time",
            _of("Police, Crime, Sentencing and Courts Act 2022", "s.178", "ukpga/2022/32/section/178"),
            "Marked prospective on 24 November 2024, and in no commencement regulation seen since",
        ),
        Provision(
            "cpa_spo_conviction",
            "SPO on conviction or acquittal",
            "A criminal court may make an SPO of its own motion on conviction or acquittal",
            _crime_and_policing("on stalking protection orders"),
            DETAIL_NOT_SEEN,
        ),
        Provision(
            "cpa_new_name",
            "Registration: a new name in advance",
            "An intended new name is notified at least 7 days before it is used",
            _crime_and_policing("on notification of names"),
            DETAIL_NOT_SEEN,
        ),
        Provision(
            "cpa_absence",
            "Registration: absence from home",
            "Absence of more than 5 days from the sole or main residence is notified at least 12 hours before leaving",
            _crime_and_policing("inserting Sexual Offences Act 2003 s.85ZA"),
            DETAIL_NOT_SEEN,
        ),
        Provision(
            "cpa_child_premises",
            "Registration: premises where a child is",
            "Child sex offenders notify 12 hours before they enter premises where a child is present",
            _crime_and_policing("on child sex offenders"),
            DETAIL_NOT_SEEN,
        ),
        Provision(
            "cpa_virtual_notification",
            "Registration: virtual notification",
            "Notification may be given without attending, where the police allow it",
            _crime_and_policing("on virtual notification"),
            DETAIL_NOT_SEEN,
        ),
        Provision(
            "cpa_identity_documents",
            "Registration: identity documents in a new name",
            "A police notice may forbid an application for identity documents in a new name",
            _crime_and_policing("on identity documents"),
            DETAIL_NOT_SEEN,
        ),
        Provision(
            "cpa_police_review",
            "Registration: review of indefinite notification by the police",
            "The police may begin a review of indefinite notification themselves",
            _crime_and_policing("on review of indefinite notification"),
            DETAIL_NOT_SEEN,
        ),
        Provision(
            "cpa_disclosure_guidance",
            "Sarah’s Law: statutory guidance",
            "The child sex offender disclosure scheme rests on statutory guidance",
            _crime_and_policing("on guidance about disclosure"),
            DETAIL_NOT_SEEN,
        ),
    )
}
