"""With a certificate: the portal by HTTPS and HTTP/2, plain requests sent there, browsers told to stay."""

import datetime
import http.client
import shutil
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.nginx.conftest import ask
from tests.servers.mingtang import Instance, free_port
from tests.servers.nginx import Nginx

HOST = "zwgk.example"


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of our own for the host, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now,
                                now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    (folder / "a.pem").write_bytes(made.public_bytes(pem))
    (folder / "a.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "a.pem", folder / "a.key"


def test_the_portal_by_https(demo: Instance, tmp_path: Path) -> None:
    chain, key = certificate(tmp_path)
    secured = Instance(demo.home, demo.environment.get("DATABASE_URL"))
    secured.environment |= {"MINGTANG_URL": f"https://{HOST}", "MINGTANG_HOSTS": HOST}
    server = Nginx(tmp_path / "nginx", secured)
    plain = free_port()
    server.configure("--certificate", str(chain), "--key", str(key), "--plain-listen", f"127.0.0.1:{plain}")
    server.start()
    try:
        sent = ask(f"http://127.0.0.1:{plain}", "/about/?a=1", Host=HOST)
        assert (sent.status, sent.headers["location"]) == (301, f"https://{HOST}/about/?a=1")
        trust = ssl.create_default_context(cafile=str(chain))
        trust.check_hostname = False  # reached by its address
        trust.set_alpn_protocols(["h2"])
        link = http.client.HTTPSConnection("127.0.0.1", server.port, context=trust, timeout=20)
        link.connect()
        assert link.sock.selected_alpn_protocol() == "h2"  # type: ignore[union-attr]
        link.close()
        trust.set_alpn_protocols(["http/1.1"])
        link.request("GET", "/", headers={"Host": HOST})
        answer = link.getresponse()
        assert answer.status == 200
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert answer.read() == (demo.home / "site/current/index.html").read_bytes()
        link.close()
    finally:
        server.stop()
        shutil.rmtree(tmp_path / "nginx")
