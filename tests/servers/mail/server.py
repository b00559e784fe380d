"""aiosmtpd as the mail server of the tests: STARTTLS and AUTH are demanded, letters become files named by their reader.

`later-…` is told to come again once, `never…` is refused for ever. What is asked of it: server.py FOLDER STARTTLS-PORT
TLS-PORT PLAIN-PORT. The plain port lets anybody in without TLS, for a whole program in a browser test.
"""

import pathlib
import signal
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

FOLDER = pathlib.Path(sys.argv[1])
PORTS = [int(port) for port in sys.argv[2:5]]
USER, PASSWORD = b"sarafan", b"correct horse"


class Letters:
    def __init__(self):
        self.told = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("never"):
            return "550 5.1.1 nobody of that name"
        if address.startswith("later-") and address not in self.told:
            self.told.add(address)
            return "451 4.7.1 greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        for address in envelope.rcpt_tos:
            place = FOLDER / f"{address}.eml"
            whole = place.with_suffix(".unfinished")
            whole.write_bytes(envelope.content)
            whole.rename(place)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    good = mechanism in ("PLAIN", "LOGIN") and (data.login, data.password) == (USER, PASSWORD)
    return AuthResult(success=good, handled=False)


class Secure(Controller):
    """TLS from the first byte."""

    def factory(self):
        return SMTP(self.handler, authenticator=authenticate, auth_required=True, auth_require_tls=False)


class Upgraded(Controller):
    """TLS by STARTTLS."""

    def factory(self):
        return SMTP(
            self.handler,
            authenticator=authenticate,
            auth_required=True,
            require_starttls=True,
            tls_context=context,
        )


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(FOLDER / "cert.pem", FOLDER / "key.pem")
letters = Letters()
controllers = [
    Upgraded(letters, hostname="127.0.0.1", port=PORTS[0]),
    Secure(letters, hostname="127.0.0.1", port=PORTS[1], ssl_context=context),
    Controller(letters, hostname="127.0.0.1", port=PORTS[2]),
]
for controller in controllers:
    controller.start()
print("letters are taken", flush=True)
signal.pause()
