//! Who is calling: which of a contract's credentials a request presents, and whether one of them is good.
//!
//! In two steps, so that the costly one needs no lock: `read` checks signatures and takes the request apart, `admit`
//! then asks the world and the made tokens. Any one good credential suffices. What a caller may do is left to the core.

pub(crate) mod basic;
pub(crate) mod header;
pub mod jwt;
mod jwt_cache;
pub mod sdk_hmac_sha256;
#[cfg(test)]
mod tests;
pub(crate) mod token;

use basic::Login;
use bulk_delete_core::contract::credential::Credential;
use bulk_delete_core::decision::facts::Cause;
use bulk_delete_core::request::call::Request;
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::facts::{Authentication, Scopes};
use bulk_delete_core::world::{CallerIndex, World};
use header::Carried;
use jwt::{Claims, Key};
use std::sync::Arc;
use token::{Known, Tokens};

/// What one credential of a request comes to before the world is asked.
pub(crate) enum Proof<'r> {
    /// It is there, and it is not good.
    Refused(Cause),
    /// An opaque token, to be looked up.
    Token(&'r str),
    /// A JSON Web Token whose signature and times are right.
    Claims(Arc<Claims>),
    /// A user's name and password, to be looked up.
    Login(Login),
    /// The request is signed with a key of the caller of this id.
    Signer(String),
}

/// Whose an access key is.
pub(crate) struct KeyHolder {
    /// The caller's id.
    pub(crate) caller: String,
    /// The secret that belongs to the access key.
    pub(crate) secret: String,
}

/// Reads what a request presents for these credentials, in their order; a text that looks like a JSON Web Token is tried
/// as one before all else. One that was made in a session is good in no other, nor once its own has ended. `holder` finds whose
/// an access key is.
pub(crate) fn read<'r>(
    credentials: &[Credential],
    request: &Request<'r>,
    key: &Key,
    now: Timestamp,
    session: Option<&str>,
    holder: impl Fn(&str) -> Option<KeyHolder>,
) -> Vec<Proof<'r>> {
    let mut proofs = Vec::new();
    let mut web_tokens = 0;
    for credential in credentials {
        let proof = match credential {
            Credential::Token { header, scheme } => match one_word(request, header, scheme.as_deref()) {
                Carried::Nothing => continue,
                Carried::Unreadable => Proof::Refused(Cause::Malformed),
                Carried::Text(token) => Proof::Token(token),
            },
            Credential::Jwt { header, scheme } => match one_word(request, header, scheme.as_deref()) {
                Carried::Nothing => continue,
                Carried::Unreadable => Proof::Refused(Cause::Malformed),
                Carried::Text(token) if jwt::looks_like_one(token) => {
                    proofs.insert(web_tokens, web_token(token, key, now, session));
                    web_tokens += 1;
                    continue;
                }
                // Where an opaque token may stand in the same place, this is one.
                Carried::Text(_) if credentials.iter().any(|other| is_opaque_twin(other, header, scheme)) => {
                    continue;
                }
                Carried::Text(_) => Proof::Refused(Cause::Token),
            },
            Credential::Basic { header, scheme } => match header::carried(request, header, scheme.as_deref())
            {
                Carried::Nothing => continue,
                Carried::Unreadable => Proof::Refused(Cause::Malformed),
                Carried::Text(text) => {
                    basic::parse(text).map_or(Proof::Refused(Cause::Malformed), Proof::Login)
                }
            },
            Credential::SdkHmacSha256 => {
                match header::carried(request, credential.header(), Some(sdk_hmac_sha256::ALGORITHM)) {
                    Carried::Nothing => continue,
                    Carried::Unreadable => Proof::Refused(Cause::Malformed),
                    Carried::Text(parts) => {
                        signer(parts, request, now, &holder).map_or_else(Proof::Refused, Proof::Signer)
                    }
                }
            }
        };
        proofs.push(proof);
    }
    proofs
}

/// Finds the caller whom one of the proofs stands for. Where none is good, the cause is that of the first; where there is
/// none, it is [`Cause::Missing`].
pub(crate) fn admit(proofs: &[Proof<'_>], world: &World, tokens: &Tokens, now: Timestamp) -> Authentication {
    let mut first = None;
    for proof in proofs {
        match judge(proof, world, tokens, now) {
            Ok((caller, scopes)) => return Authentication::Accepted { caller, scopes },
            Err(cause) => first = first.or(Some(cause)),
        }
    }
    Authentication::Refused(first.unwrap_or(Cause::Missing))
}

/// The opaque token by which this request was accepted, if it was one: the one that a log-out ends.
pub(crate) fn accepted_token<'r>(
    proofs: &[Proof<'r>],
    world: &World,
    tokens: &Tokens,
    now: Timestamp,
) -> Option<&'r str> {
    proofs.iter().find(|proof| judge(proof, world, tokens, now).is_ok()).and_then(|proof| match proof {
        Proof::Token(token) => Some(*token),
        Proof::Refused(_) | Proof::Claims(_) | Proof::Login(_) | Proof::Signer(_) => None,
    })
}

fn judge(
    proof: &Proof<'_>,
    world: &World,
    tokens: &Tokens,
    now: Timestamp,
) -> Result<(CallerIndex, Scopes), Cause> {
    match proof {
        Proof::Refused(cause) => Err(*cause),
        Proof::Token(token) => {
            if let Some(caller) = world.caller_by_token(token).filter(|_| !tokens.has_logged_out(token)) {
                return Ok((caller, Scopes::OfCaller));
            }
            match tokens.find(token, now) {
                Known::Unknown => Err(Cause::Token),
                Known::Expired => Err(Cause::Expired),
                Known::Good(made) => {
                    let caller = world.caller_by_id(&made.caller).ok_or(Cause::Token)?;
                    Ok((caller, made.scopes.clone().map_or(Scopes::OfCaller, Scopes::Listed)))
                }
            }
        }
        Proof::Claims(claims) => {
            let caller = world.caller_by_id(&claims.caller).ok_or(Cause::Token)?;
            Ok((caller, Scopes::Listed(claims.scopes.clone())))
        }
        Proof::Login(login) => {
            let caller = world.caller_by_login(&login.user, &login.password).ok_or(Cause::Token)?;
            Ok((caller, Scopes::OfCaller))
        }
        Proof::Signer(caller) => Ok((world.caller_by_id(caller).ok_or(Cause::UnknownKey)?, Scopes::OfCaller)),
    }
}

/// What a header carries where a single word is expected: a scheme without one, or with more, cannot be read.
fn one_word<'r>(request: &Request<'r>, name: &str, scheme: Option<&str>) -> Carried<'r> {
    match header::carried(request, name, scheme) {
        Carried::Text(text) if scheme.is_some() && text.split_ascii_whitespace().count() != 1 => {
            Carried::Unreadable
        }
        carried => carried,
    }
}

fn web_token<'r>(token: &str, key: &Key, now: Timestamp, session: Option<&str>) -> Proof<'r> {
    let claims = key.verify(token).and_then(|claims| claims.check(now).map(|()| claims));
    match claims {
        Ok(claims) if is_elsewhere(&claims, session) => Proof::Refused(Cause::Token),
        claims => claims.map_or_else(Proof::Refused, Proof::Claims),
    }
}

/// Whether a token was made in another session than this. One that was made in none says so of none, and is good in all.
fn is_elsewhere(claims: &Claims, session: Option<&str>) -> bool {
    let own = claims.session.as_deref();
    own.is_some_and(|own| !session.is_some_and(|session| session.eq_ignore_ascii_case(own)))
}

fn is_opaque_twin(other: &Credential, name: &str, of: &Option<String>) -> bool {
    matches!(other, Credential::Token { header, scheme } if header == name && scheme == of)
}

fn signer(
    parts: &str,
    request: &Request<'_>,
    now: Timestamp,
    holder: impl Fn(&str) -> Option<KeyHolder>,
) -> Result<String, Cause> {
    let signed = sdk_hmac_sha256::parse(parts).map_err(|_| Cause::Malformed)?;
    let holder = holder(signed.access).ok_or(Cause::UnknownKey)?;
    sdk_hmac_sha256::verify(&signed, request, holder.secret.as_bytes(), now)?;
    Ok(holder.caller)
}
