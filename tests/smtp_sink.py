#!/usr/bin/python3
"""A mail server for tests. Prints its port, then one line of JSON for each mail that it takes; ends with its standard input.

The receiver's name decides: refuse@ is refused for ever, later@ for now, drop@ loses the connection, hang@ never hears an answer.
With --cert and --key it wants STARTTLS and the account signin / "a password".
"""
import argparse
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Sink:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "refuse":
            return f"550 5.1.1 <{address}>: no such user 123456"
        if name == "later":
            return "451 4.3.0 the mailbox is busy"
        if name == "drop":
            server.transport.abort()
            await asyncio.Event().wait()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("hang@"):
            print(json.dumps({"hangs": True}), flush=True)
            await asyncio.Event().wait()
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({
            "to": envelope.rcpt_tos[0],
            "from": mail["from"],
            "subject": mail["subject"],
            "message_id": mail["message-id"],
            "type": mail.get_content_type(),
            "text": mail.get_body(("plain",)).get_content(),
            "html": mail.get_body(("html",)).get_content(),
            "tls": session.ssl is not None,
            "user": (session.auth_data.login.decode() if session.auth_data else None),
        }), flush=True)
        return "250 2.0.0 taken as 42"


def is_known(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"signin", b"a password"), auth_data=data)


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cert")
    parser.add_argument("--key")
    arguments = parser.parse_args()
    protected = {}
    if arguments.cert:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(arguments.cert, arguments.key)
        protected = {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": is_known}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Sink(), enable_SMTPUTF8=True, loop=loop, **protected), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
