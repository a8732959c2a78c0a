"""A certificate for loopback, made when a test asks for one: no key is kept anywhere, and no other program is needed.

Just enough of X.509 (RFC 5280) and ECDSA on P-256 (FIPS 186-4) for a server that signs for itself. The arithmetic takes no care
to hide the key from a watcher, which a test need not.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime, timedelta
from pathlib import Path

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
Point = tuple[int, int] | None
EC_KEY, P256, SHA256_WITH_EC = "06072a8648ce3d0201", "06082a8648ce3d030107", "06082a8648ce3d040302"
COMMON_NAME, ALT_NAMES, CONSTRAINTS = "0603550403", "0603551d11", "0603551d13"


def write_certificate(folder: Path, now: datetime, *, valid_for: timedelta = timedelta(days=2)) -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 and localhost, and its key. Returns where they are."""
    secret = secrets.randbelow(N - 1) + 1
    public = _multiplied(G, secret)
    assert public is not None
    key_bits = _tagged(0x03, b"\0\x04" + b"".join(part.to_bytes(32, "big") for part in public))
    algorithm = _sequence(bytes.fromhex(SHA256_WITH_EC))
    body = _body(algorithm, _sequence(_sequence(bytes.fromhex(EC_KEY), bytes.fromhex(P256)), key_bits), now, valid_for)
    certificate = _sequence(body, algorithm, _tagged(0x03, b"\0" + _signature(body, secret)))
    key = _sequence(_integer(1), _tagged(0x04, secret.to_bytes(32, "big")), _tagged(0xA0, bytes.fromhex(P256)), _tagged(0xA1, key_bits))
    return _pem(folder / "certificate.pem", "CERTIFICATE", certificate), _pem(folder / "key.pem", "EC PRIVATE KEY", key)


def _body(algorithm: bytes, public_key: bytes, now: datetime, valid_for: timedelta) -> bytes:
    name = _sequence(_tagged(0x31, _sequence(bytes.fromhex(COMMON_NAME), _tagged(0x0C, b"Loopback"))))
    valid = _sequence(*(_tagged(0x18, f"{at:%Y%m%d%H%M%SZ}".encode()) for at in (now - timedelta(days=1), now + valid_for)))
    names = _sequence(_tagged(0x82, b"localhost"), _tagged(0x87, bytes((127, 0, 0, 1))))
    is_authority = _sequence(bytes.fromhex(CONSTRAINTS), _tagged(0x01, b"\xff"), _tagged(0x04, _sequence(_tagged(0x01, b"\xff"))))
    extensions = _tagged(0xA3, _sequence(_sequence(bytes.fromhex(ALT_NAMES), _tagged(0x04, names)), is_authority))
    return _sequence(_tagged(0xA0, _integer(2)), _integer(secrets.randbits(60) + 1), algorithm, name, valid, name, public_key, extensions)


def _signature(text: bytes, secret: int) -> bytes:
    digest = int.from_bytes(hashlib.sha256(text).digest(), "big")
    once = secrets.randbelow(N - 1) + 1
    point = _multiplied(G, once)
    assert point is not None
    r = point[0] % N
    s = pow(once, -1, N) * (digest + r * secret) % N
    return _sequence(_integer(r), _integer(s)) if r and s else _signature(text, secret)


def _multiplied(point: Point, by: int) -> Point:
    total: Point = None
    while by:
        if by & 1:
            total = _added(total, point)
        point, by = _added(point, point), by >> 1
    return total


def _added(one: Point, other: Point) -> Point:
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, P) if one == other else (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def _tagged(tag: int, content: bytes) -> bytes:
    size = len(content)
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag,)) + (bytes((size,)) if size < 128 else bytes((0x80 | len(digits),)) + digits) + content


def _sequence(*parts: bytes) -> bytes:
    return _tagged(0x30, b"".join(parts))


def _integer(value: int) -> bytes:
    return _tagged(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _pem(path: Path, kind: str, content: bytes) -> Path:
    lines = base64.encodebytes(content).decode()
    path.write_text(f"-----BEGIN {kind}-----\n{lines}-----END {kind}-----\n")
    return path
