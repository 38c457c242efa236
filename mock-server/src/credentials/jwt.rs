//! JSON Web Tokens, signed and checked for real: one ES256 key per mock. The algorithm is the server's decision, never the
//! token's, so `none`, HS256 and all others are refused. Which header carries a token is left to the contract.

use super::jwt_cache::Cache;
use crate::mock::chance::Chance;
use base64ct::{Base64UrlUnpadded, Encoding};
use bulk_delete_core::decision::facts::Cause;
use bulk_delete_core::json::{Object, Value, write_string};
use bulk_delete_core::time::Timestamp;
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;

/// What a token says whose signature is right. Its times are looked at with [`Claims::check`], at each use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// The caller's id, from `sub`.
    pub caller: String,
    /// From `scope`, a text with spaces or a list of texts; none where it is absent.
    pub scopes: Vec<String>,
    /// From `exp`: from this second on the token no longer counts.
    pub expires: Timestamp,
    /// From `nbf`: before this second the token does not count yet.
    pub not_before: Option<Timestamp>,
    /// From `session`: the mock's session that the token was made in, if it was made in one.
    pub session: Option<String>,
}

impl Claims {
    /// Checks `exp` and `nbf`.
    ///
    /// # Errors
    ///
    /// `Expired` from `exp` on, `Token` before `nbf`.
    pub fn check(&self, now: Timestamp) -> Result<(), Cause> {
        if now >= self.expires {
            return Err(Cause::Expired);
        }
        if self.not_before.is_some_and(|from| now < from) {
            return Err(Cause::Token);
        }
        Ok(())
    }
}

/// The mock's own key, with which it signs the tokens that it gives out and checks those it gets.
pub struct Key {
    signing: SigningKey,
    /// RFC 7638 thumbprint of the public key.
    id: String,
    x: String,
    y: String,
    verified: Cache,
}

impl Key {
    /// Makes a key. Nobody who does not know the seed of the chance can sign with it.
    pub fn generate(chance: &Chance) -> Self {
        let signing = loop {
            // One block in 2^32 is no key: it is 0, or above the order of the curve.
            if let Ok(key) = SigningKey::from_slice(&chance.bytes::<32>()) {
                break key;
            }
        };
        Self::of(signing)
    }

    /// The key of which [`Key::secret`] told this. `None` where it is none.
    pub(crate) fn from_secret(secret: &str) -> Option<Self> {
        let bytes = Base64UrlUnpadded::decode_vec(secret).ok()?;
        SigningKey::from_slice(&bytes).ok().map(Self::of)
    }

    /// What another process needs to be the same mock to those who have its tokens.
    pub(crate) fn secret(&self) -> String {
        Base64UrlUnpadded::encode_string(&self.signing.to_bytes())
    }

    fn of(signing: SigningKey) -> Self {
        let point = signing.verifying_key().to_sec1_point(false);
        let coordinate = |bytes: Option<&[u8]>| Base64UrlUnpadded::encode_string(bytes.unwrap_or_default());
        let x = coordinate(point.x().map(|bytes| bytes.as_slice()));
        let y = coordinate(point.y().map(|bytes| bytes.as_slice()));
        let thumbprint = Sha256::digest(format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#));
        let id = Base64UrlUnpadded::encode_string(&thumbprint);
        Self { signing, id, x, y, verified: Cache::default() }
    }

    /// Signs a token that says this. Times are told in whole seconds; `issued` becomes `iat`.
    pub fn mint(&self, claims: &Claims, issued: Timestamp) -> String {
        let mut body = b"{\"sub\":".to_vec();
        write_string(&mut body, &claims.caller);
        body.extend_from_slice(b",\"scope\":");
        write_string(&mut body, &claims.scopes.join(" "));
        let mut time = |name: &str, at: Timestamp| {
            body.extend_from_slice(format!(",\"{name}\":{}", at.0.div_euclid(1000)).as_bytes());
        };
        time("iat", issued);
        if let Some(from) = claims.not_before {
            time("nbf", from);
        }
        time("exp", claims.expires);
        if let Some(session) = &claims.session {
            body.extend_from_slice(b",\"session\":");
            write_string(&mut body, session);
        }
        body.push(b'}');
        self.sign(&format!(r#"{{"alg":"ES256","typ":"JWT","kid":"{}"}}"#, self.id), &body)
    }

    fn sign(&self, header: &str, claims: &[u8]) -> String {
        let mut token = Base64UrlUnpadded::encode_string(header.as_bytes());
        token.push('.');
        token.push_str(&Base64UrlUnpadded::encode_string(claims));
        let signature: Signature = self.signing.sign(token.as_bytes());
        token.push('.');
        token.push_str(&Base64UrlUnpadded::encode_string(&signature.to_bytes()));
        token
    }

    /// Checks the signature and reads the claims; a token seen before is read only once. The times are left to the caller.
    ///
    /// # Errors
    ///
    /// `Token`: it was not signed with this key and algorithm, or its claims are not of the form told at [`Claims`].
    pub fn verify(&self, token: &str) -> Result<Arc<Claims>, Cause> {
        let name: [u8; 32] = Sha256::digest(token).into();
        if let Some(claims) = self.verified.get(&name) {
            return Ok(claims);
        }
        let claims = Arc::new(self.read(token).ok_or(Cause::Token)?);
        self.verified.put(name, Arc::clone(&claims));
        Ok(claims)
    }

    fn read(&self, token: &str) -> Option<Claims> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header = Value::parse(&Base64UrlUnpadded::decode_vec(header).ok()?).ok()?;
        // `crit` names extensions that whoever does not know them must refuse (RFC 7515, 4.1.11): none is known here.
        if header.get("alg")?.as_str()? != "ES256" || header.get("crit").is_some() {
            return None;
        }
        let signature = Signature::from_slice(&Base64UrlUnpadded::decode_vec(signature).ok()?).ok()?;
        self.signing.verifying_key().verify(signed.as_bytes(), &signature).ok()?;
        read_claims(&Value::parse(&Base64UrlUnpadded::decode_vec(claims).ok()?).ok()?)
    }

    /// The public key as a JSON Web Key Set (RFC 7517).
    pub fn public(&self) -> Value {
        let mut key = Object::default();
        for (name, value) in [
            ("kty", "EC"),
            ("crv", "P-256"),
            ("x", &self.x),
            ("y", &self.y),
            ("alg", "ES256"),
            ("use", "sig"),
            ("kid", &self.id),
        ] {
            key.insert(name.to_owned(), Value::String(value.to_owned()));
        }
        let mut set = Object::default();
        set.insert("keys".to_owned(), Value::Array(vec![Value::Object(key)]));
        Value::Object(set)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Key").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Whether a text has the outer form of a token: three parts between dots.
pub(crate) fn looks_like_one(text: &str) -> bool {
    text.bytes().filter(|byte| *byte == b'.').count() == 2
}

fn read_claims(claims: &Value) -> Option<Claims> {
    let seconds = |value: &Value| {
        value
            .as_number()
            .and_then(|number| number.as_i64())
            .map(|seconds| Timestamp(seconds.saturating_mul(1000)))
    };
    let scopes = match claims.get("scope") {
        None => Vec::new(),
        Some(Value::String(list)) => list.split_ascii_whitespace().map(str::to_owned).collect(),
        Some(Value::Array(list)) => {
            list.iter().map(|scope| scope.as_str().map(str::to_owned)).collect::<Option<_>>()?
        }
        Some(_) => return None,
    };
    Some(Claims {
        caller: claims.get("sub")?.as_str()?.to_owned(),
        scopes,
        expires: seconds(claims.get("exp")?)?,
        not_before: match claims.get("nbf") {
            None => None,
            Some(from) => Some(seconds(from)?),
        },
        session: match claims.get("session") {
            None => None,
            Some(session) => Some(session.as_str()?.to_owned()),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use hmac::{Hmac, KeyInit, Mac};

    const HEADER: &str = r#"{"alg":"ES256","typ":"JWT"}"#;

    fn key() -> Key {
        Key::generate(&Chance::new([1; 32]))
    }

    fn claims() -> Claims {
        Claims {
            caller: "ada \"b\"".to_owned(),
            scopes: vec!["a.b".to_owned(), "c".to_owned()],
            expires: Timestamp(2_000_000),
            not_before: Some(Timestamp(1_000_000)),
            session: Some("w1".to_owned()),
        }
    }

    fn encoded(text: &str) -> String {
        Base64UrlUnpadded::encode_string(text.as_bytes())
    }

    #[test]
    fn what_is_minted_is_accepted() {
        let key = key();
        let token = key.mint(&claims(), Timestamp(1_000_000));
        assert!(looks_like_one(&token));
        assert_eq!(*key.verify(&token).unwrap(), claims());
        assert_eq!(*key.verify(&token).unwrap(), claims(), "from the cache");
    }

    #[test]
    fn times_are_checked_at_each_use() {
        let claims = claims();
        for (now, result) in [
            (999_999, Err(Cause::Token)),
            (1_000_000, Ok(())),
            (1_999_999, Ok(())),
            (2_000_000, Err(Cause::Expired)),
        ] {
            assert_eq!(claims.check(Timestamp(now)), result, "{now}");
        }
    }

    #[test]
    fn scopes_come_as_text_or_list() {
        let key = key();
        for (scope, found) in [
            (r#","scope":"a b""#, Some(vec!["a", "b"])),
            (r#","scope":["a","b c"]"#, Some(vec!["a", "b c"])),
            (r#","scope":"""#, Some(vec![])),
            ("", Some(vec![])),
            (r#","scope":7"#, None),
            (r#","scope":[7]"#, None),
            (r#","scope":null"#, None),
        ] {
            let token = key.sign(HEADER, format!(r#"{{"sub":"ada","exp":5{scope}}}"#).as_bytes());
            let read = key.verify(&token).ok();
            let read =
                read.as_ref().map(|claims| claims.scopes.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(read, found, "{scope}");
        }
    }

    #[test]
    fn claims_of_another_form_are_refused() {
        let key = key();
        for body in [
            r#"{"sub":"ada"}"#,
            r#"{"exp":5}"#,
            r#"{"sub":7,"exp":5}"#,
            r#"{"sub":"ada","exp":"5"}"#,
            r#"{"sub":"ada","exp":1e400}"#,
            r#"{"sub":"ada","exp":5,"nbf":"1"}"#,
            r#"{"sub":"ada","sub":"bob","exp":5}"#,
            r#"["sub"]"#,
            "",
        ] {
            assert_eq!(key.verify(&key.sign(HEADER, body.as_bytes())), Err(Cause::Token), "{body}");
        }
    }

    /// Ways in which others have been talked into accepting a token that nobody signed.
    #[test]
    fn forged_tokens_are_refused() {
        let key = key();
        let body = r#"{"sub":"ada","exp":99999999999}"#;
        let good = key.sign(HEADER, body.as_bytes());
        assert!(key.verify(&good).is_ok());
        let (signed, signature) = good.rsplit_once('.').unwrap();
        let other = Key::generate(&Chance::new([2; 32]));
        let hs256 = |secret: &[u8]| {
            let signed = format!("{}.{}", encoded(r#"{"alg":"HS256","typ":"JWT"}"#), encoded(body));
            let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
            mac.update(signed.as_bytes());
            format!("{signed}.{}", Base64UrlUnpadded::encode_string(&mac.finalize().into_bytes()))
        };
        let mut flipped = Base64UrlUnpadded::decode_vec(signature).unwrap();
        flipped[63] ^= 1;
        let in_der =
            Signature::from_slice(&Base64UrlUnpadded::decode_vec(signature).unwrap()).unwrap().to_der();
        for (attack, token) in [
            ("none", format!("{}.{}.", encoded(r#"{"alg":"none"}"#), encoded(body))),
            ("None", format!("{}.{}.", encoded(r#"{"alg":"None"}"#), encoded(body))),
            ("none, with a signature", key.sign(r#"{"alg":"none"}"#, body.as_bytes())),
            ("another algorithm named", key.sign(r#"{"alg":"ES384"}"#, body.as_bytes())),
            ("no algorithm named", key.sign("{}", body.as_bytes())),
            ("the algorithm named twice", key.sign(r#"{"alg":"ES256","alg":"none"}"#, body.as_bytes())),
            (
                "an extension that must be known",
                key.sign(r#"{"alg":"ES256","crit":["b64"],"b64":false}"#, body.as_bytes()),
            ),
            ("the public key as an HMAC secret", hs256(&key.signing.verifying_key().to_sec1_bytes())),
            ("an empty HMAC secret", hs256(b"")),
            ("another's key", other.sign(HEADER, body.as_bytes())),
            (
                "a key of the token's own",
                other.sign(&format!(r#"{{"alg":"ES256","jwk":{{"x":"{}"}}}}"#, other.x), body.as_bytes()),
            ),
            (
                "other claims under the signature",
                format!("{}.{}.{signature}", encoded(HEADER), encoded(r#"{"sub":"bob","exp":99999999999}"#)),
            ),
            ("a bit flipped", format!("{signed}.{}", Base64UrlUnpadded::encode_string(&flipped))),
            ("a signature of zeros", format!("{signed}.{}", Base64UrlUnpadded::encode_string(&[0; 64]))),
            ("no signature", format!("{signed}.")),
            ("half a signature", format!("{signed}.{}", signature.split_at(40).0)),
            (
                "the signature in DER",
                format!("{signed}.{}", Base64UrlUnpadded::encode_string(in_der.as_bytes())),
            ),
            ("the signature twice", format!("{good}.{signature}")),
            ("padding", format!("{signed}.{signature}==")),
            ("a line break", format!("{good}\n")),
            ("two parts", signed.to_owned()),
            ("dots alone", "..".to_owned()),
            ("nothing", String::new()),
        ] {
            assert_eq!(key.verify(&token), Err(Cause::Token), "{attack}");
        }
    }

    #[test]
    fn the_public_key_is_told_and_nothing_else() {
        let mut text = Vec::new();
        key().public().write(&mut text);
        let text = String::from_utf8(text).unwrap();
        assert!(text.starts_with(r#"{"keys":[{"kty":"EC","crv":"P-256","x":""#), "{text}");
        assert!(!text.contains(r#""d":"#), "{text}");
    }
}
