"""A certificate for this machine that is thrown away with the mailbox."""

from __future__ import annotations

import ipaddress
import ssl
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from sandbox.loopback.ports import HOST

# It has to hold under a clock that a test has set, and nobody trusts it but by name.
VALID_FOR = timedelta(days=3650)


class Certificate:
    """Signed by itself, for 127.0.0.1 and localhost; `pem` is what a client trusts."""

    def __init__(self, now: datetime) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        certificate = _signed(self._key, now)
        self.pem = certificate.public_bytes(Encoding.PEM).decode("ascii")

    def server_context(self) -> ssl.SSLContext:
        """What a server presents it with."""
        key = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        # The ssl module takes a key from a file only.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "certificate.pem"
            path.touch(mode=0o600)
            path.write_bytes(key + self.pem.encode("ascii"))
            context.load_cert_chain(path)
        return context


def _signed(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sandbox mailbox")])
    names = x509.SubjectAlternativeName(
        [x509.IPAddress(ipaddress.ip_address(HOST)), x509.DNSName("localhost")]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - VALID_FOR)
        .not_valid_after(now + VALID_FOR)
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
