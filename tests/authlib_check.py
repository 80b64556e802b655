"""A web application on Authlib, as far as it needs no web server: prints where to send the browser, reads the address that the browser
came back to, and goes through everything that Authlib can do with the tokens. Any failure is a traceback."""

import sys

import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet

issuer, client_id, client_secret, redirect_uri = sys.argv[1:]
found = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=10).json()
session = OAuth2Session(
    client_id,
    client_secret,
    scope="openid profile email offline_access",
    redirect_uri=redirect_uri,
    code_challenge_method="S256",
)
verifier = "a-verifier-of-this-test-alone-0123456789-0123456789"
address, state = session.create_authorization_url(
    found["authorization_endpoint"], code_verifier=verifier, nonce="a nonce"
)
print(address, flush=True)

back = sys.stdin.readline().strip()
token = session.fetch_token(
    found["token_endpoint"], authorization_response=back, state=state, code_verifier=verifier
)
keys = KeySet.import_key_set(requests.get(found["jwks_uri"], timeout=10).json())
claims = jwt.decode(token["id_token"], keys, algorithms=["RS256"]).claims
assert (claims["iss"], claims["aud"], claims["nonce"]) == (issuer, client_id, "a nonce"), claims
assert session.get(found["userinfo_endpoint"]).json()["sub"] == claims["sub"]

later = session.refresh_token(found["token_endpoint"], refresh_token=token["refresh_token"])
assert later["refresh_token"] != token["refresh_token"], later
assert jwt.decode(later["id_token"], keys, algorithms=["RS256"]).claims["auth_time"] == claims["auth_time"]
asked = session.introspect_token(found["introspection_endpoint"], token=later["access_token"]).json()
assert asked["active"] and asked["sub"] == claims["sub"], asked
session.revoke_token(found["revocation_endpoint"], token=later["refresh_token"])
asked = session.introspect_token(found["introspection_endpoint"], token=later["access_token"]).json()
assert asked == {"active": False}, asked
print("done", claims["name"], flush=True)
