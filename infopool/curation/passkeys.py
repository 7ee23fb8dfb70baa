"""Passkeys: a key on somebody's device in place of a password (WebAuthn). The device asks for finger, face or PIN, so a
passkey is two factors at once."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn.helpers import options_to_json, parse_authentication_credential_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from infopool.curation import log, throttling
from infopool.curation.log import Actor
from infopool.curation.models import Curator, Passkey
from infopool.curation.sealed import seal, unseal
from infopool.curation.throttling import DayKey, Limit

MOST = 10
"""Passkeys of one account."""
LONGEST_NAME = 100
PATIENCE = timedelta(minutes=5)
"""How long a device may take to answer."""
ANSWERED_ONCE = Limit("challenge", 1, PATIENCE + timedelta(minutes=1))
NOBODY = 0
"""In place of an account's number: anybody may answer."""


@dataclass(frozen=True)
class Party:
    """Wer fragt. The site as devices know it."""

    id: str
    """The host name."""
    origin: str


def party(base_url: str) -> Party | None:
    """The site at this address; None where browsers offer no passkeys: at a bare number in place of a name, and without
    TLS anywhere but on one's own machine."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        safe = parts.scheme == "https" or host == "localhost" or host.endswith(".localhost")
        return Party(host, f"{parts.scheme}://{parts.netloc}".lower()) if host and safe else None
    return None


def challenge(secret: str, whose: int, now: datetime) -> tuple[bytes, str]:
    """Something random for a device to sign, and the same sealed, for the browser to bring back."""
    random = secrets.token_bytes(32)
    return random, seal(secret, "passkey", [random.hex(), whose], now + PATIENCE)


def opened(session: Session, day_key: DayKey, secret: str, sealed: str, whose: int, now: datetime) -> bytes | None:
    """What was to be signed; None when it was not asked of this account, too long ago, or answered before."""
    values = unseal(secret, "passkey", sealed, now)
    if values is None or values[1] != whose:
        return None
    key = day_key.key(ANSWERED_ONCE, values[0], now.date())
    return bytes.fromhex(values[0]) if throttling.admit(session, {key: ANSWERED_ONCE}, now) else None


def asked_to_make(curator: Curator, site: Party, random: bytes) -> str:
    """What a browser is asked for a new passkey, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=site.id,
        rp_name="infopool",
        user_id=hashlib.sha256(f"infopool {curator.id} {curator.invited_at}".encode()).digest(),
        user_name=curator.email,
        user_display_name=curator.name,
        challenge=random,
        timeout=int(PATIENCE.total_seconds() * 1_000),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=key.credential_id) for key in curator.passkeys],
    )
    return options_to_json(options)


def make(
    session: Session, curator: Curator, site: Party, answer: str, random: bytes, *, name: str, now: datetime
) -> Passkey | None:
    """Keep a new passkey that a device has made; None when its answer does not hold, or there are too many."""
    if len(curator.passkeys) >= MOST:
        return None
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=random,
            expected_rp_id=site.id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except Exception:  # whatever the library stumbles over in what was sent: it is no passkey
        return None
    if session.scalars(select(Passkey.id).where(Passkey.credential_id == made.credential_id)).first() is not None:
        return None
    passkey = Passkey(
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=" ".join("".join(sign for sign in name if sign.isprintable()).split())[:LONGEST_NAME],
        added_at=now,
    )
    curator.passkeys.append(passkey)
    log.note(session, Actor.of(curator), "passkey", "curator", curator.id, now=now, after=passkey.name)
    return passkey


def asked_to_show(site: Party, random: bytes) -> str:
    """What a browser is asked for signing in, as JSON."""
    options = webauthn.generate_authentication_options(
        rp_id=site.id,
        challenge=random,
        timeout=int(PATIENCE.total_seconds() * 1_000),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def owner(session: Session, site: Party, answer: str, random: bytes, now: datetime) -> Curator | None:
    """Whose passkey has answered; None when the answer does not hold, nobody has it, or the account is shut."""
    try:
        named = parse_authentication_credential_json(answer).raw_id
    except Exception:
        return None
    passkey = session.scalars(select(Passkey).where(Passkey.credential_id == named)).first()
    if passkey is None or passkey.curator.disabled_at:
        return None
    try:
        shown = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=random,
            expected_rp_id=site.id,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except Exception:
        return None
    passkey.sign_count, passkey.used_at = shown.new_sign_count, now
    return passkey.curator


def remove(session: Session, curator: Curator, number: int, now: datetime) -> bool:
    """Take a passkey off an account; False when it has none with this number."""
    found = next((key for key in curator.passkeys if key.id == number), None)
    if found is None:
        return False
    curator.passkeys.remove(found)
    log.note(session, Actor.of(curator), "passkey", "curator", curator.id, now=now, before=found.name)
    return True
