"""A mail server for the tests: takes mails on 127.0.0.1, reads them, and fails in the way that it is told to.

    smtp_server.py FOLDER [--tls starttls|implicit --certificate FILE] [--user NAME --password WORD]

Prints its port on the first line. Each mail that it takes becomes FOLDER/1.eml, its bytes, and FOLDER/1.json, what
Python's email module reads in it. A line of input changes what it does, and is answered with "ok":

    accept          take mails (as at the start)
    recipient CODE  refuse the recipients whose address begins with "refused" with this code, 550 or 451
    data CODE       refuse the mail itself with this code
    hang            take the mail, and never say so
    close           take the mail, and close the connection instead of saying so

Ends with its input, so that it never outlives the tests. Exits with 77 if aiosmtpd is not installed.
"""
import argparse
import asyncio
import json
import logging
import pathlib
import ssl
import sys
import warnings
from email import message_from_bytes, policy

try:
    from aiosmtpd.smtp import SMTP, AuthResult
except ImportError:
    print("aiosmtpd is not installed", flush=True)
    sys.exit(77)


def what_is_read(content):
    """A mail as Python's email module understands it, and everything that it finds wrong with it."""
    mail = message_from_bytes(content, policy=policy.default)
    defects = [str(defect) for part in mail.walk() for defect in part.defects]
    defects += [f"{name}: {defect}" for name, value in mail.items() for defect in value.defects]

    def body(kind):
        part = mail.get_body((kind,))
        return part.get_content().replace("\r\n", "\n") if part else None

    def people(name):
        return [[address.display_name, address.addr_spec] for address in mail[name].addresses]

    return {
        "from": people("from"),
        "to": people("to"),
        "subject": mail["subject"],
        "date": mail["date"].datetime.isoformat(),
        "fields": [[name, str(value)] for name, value in mail.items()],
        "type": mail.get_content_type(),
        "text": body("plain"),
        "html": body("html"),
        "defects": defects,
    }


class Handler:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = 0
        self.mode = ["accept"]

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode[0] == "recipient" and address.startswith("refused"):
            return f"{self.mode[1]} not here"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        if self.mode[0] == "data":
            return f"{self.mode[1]} not this"
        self.count += 1
        read = what_is_read(envelope.content)
        read["envelope_from"] = envelope.mail_from
        read["recipients"] = envelope.rcpt_tos
        read["encrypted"] = session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None
        (self.folder / f"{self.count}.eml").write_bytes(envelope.content)
        (self.folder / f"{self.count}.json").write_text(json.dumps(read))
        if self.mode[0] == "hang":
            await asyncio.sleep(3600)
        if self.mode[0] == "close":
            server.transport.abort()
        return "250 taken"


async def serve(arguments):
    handler = Handler(arguments.folder)
    context = None
    if arguments.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments.certificate)

    def authenticate(server, session, envelope, mechanism, login):
        good = login.login.decode() == arguments.user and login.password.decode() == arguments.password
        return AuthResult(success=good, handled=False)  # the answer, 235 or 535, is the server's to give

    def connection():
        starttls = context if arguments.tls == "starttls" else None
        return SMTP(handler, hostname="localhost", tls_context=starttls, require_starttls=starttls is not None,
                    authenticator=authenticate if arguments.user else None, auth_required=bool(arguments.user),
                    auth_require_tls=arguments.tls != "implicit")

    loop = asyncio.get_running_loop()
    implicit = context if arguments.tls == "implicit" else None
    server = await loop.create_server(connection, "127.0.0.1", 0, ssl=implicit)
    print(server.sockets[0].getsockname()[1], flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        handler.mode = line.split()
        print("ok", flush=True)
    server.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--tls", choices=["starttls", "implicit"])
    parser.add_argument("--certificate")
    parser.add_argument("--user")
    parser.add_argument("--password")
    logging.disable()  # what goes wrong here goes wrong on purpose
    warnings.simplefilter("ignore")
    asyncio.run(serve(parser.parse_args()))


main()
