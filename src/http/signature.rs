//! Whether a request comes from Discord: its Ed25519 signature over timestamp and raw body, and the timestamp's age.
//!
//! Knows headers, bytes and the time it is told; knows nothing of what the body says.

use axum::http::HeaderMap;
use serenity::interactions_endpoint::Verifier;

/// Header of the signature, 128 hex digits.
pub const SIGNATURE: &str = "x-signature-ed25519";

/// Header of the time of signing, in seconds since 1970.
pub const TIMESTAMP: &str = "x-signature-timestamp";

/// How far the time of signing may be from now, either way: a request that was recorded can't be played again later.
const OLDEST: i64 = 5 * 60;

/// The check against one public key.
#[derive(Clone)]
pub struct Signature(Verifier);

impl Signature {
    /// A check against this key, 64 hex digits; `None` when it is no key.
    pub fn new(public_key: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if public_key.len() != 64 || !public_key.is_ascii() {
            return None;
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&public_key[index * 2..index * 2 + 2], 16).ok()?;
        }
        Verifier::try_new(bytes).ok().map(Self)
    }

    /// Whether the headers can belong to a request of Discord at `now` (seconds since 1970): both are there, once, and fresh.
    /// Cheap; asked before the body is read.
    pub fn plausible(&self, headers: &HeaderMap, now: i64) -> bool {
        let time = header(headers, TIMESTAMP).and_then(|text| text.parse::<i64>().ok());
        header(headers, SIGNATURE).is_some_and(|text| text.len() == 128)
            && time.is_some_and(|time| now.abs_diff(time) <= OLDEST.unsigned_abs())
    }

    /// How many seconds the time of signing is before `now`, where the headers can belong to a request of Discord at any time.
    pub fn age(&self, headers: &HeaderMap, now: i64) -> Option<i64> {
        let time = header(headers, TIMESTAMP).and_then(|text| text.parse::<i64>().ok())?;
        header(headers, SIGNATURE).filter(|text| text.len() == 128)?;
        now.checked_sub(time)
    }

    /// Whether the signature holds for this body.
    pub fn holds(&self, headers: &HeaderMap, body: &[u8]) -> bool {
        match (header(headers, SIGNATURE), header(headers, TIMESTAMP)) {
            (Some(signature), Some(timestamp)) => self.0.verify(signature, timestamp, body).is_ok(),
            _ => false,
        }
    }
}

/// The value of a header that stands there exactly once.
fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values
        .next()
        .is_none()
        .then(|| value.to_str().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The public key of RFC 8032, section 7.1, test 1.
    const KEY: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    fn headers(signature: &str, timestamp: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(SIGNATURE, signature.parse().expect("a value"));
        headers.insert(TIMESTAMP, timestamp.parse().expect("a value"));
        headers
    }

    #[test]
    fn a_key_that_is_none_is_refused() {
        assert!(Signature::new(KEY).is_some());
        for bad in ["", "zz", &"g".repeat(64), &"é".repeat(32)] {
            assert!(Signature::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn old_future_missing_and_doubled_headers_are_refused() {
        let check = Signature::new(KEY).expect("a key");
        let good = "0".repeat(128);
        let fits =
            |signature: &str, time: &str| check.plausible(&headers(signature, time), 1_000_000);
        assert!(fits(&good, "1000000") && fits(&good, "999700") && fits(&good, "1000300"));
        assert!(
            !fits(&good, "999699")
                && !fits(&good, "1000301")
                && !fits(&good, "soon")
                && !fits("00", "1000000")
        );
        assert!(!fits(&good, "-9223372036854775808"));
        let mut doubled = headers(&good, "1000000");
        doubled.append(TIMESTAMP, "1000000".parse().expect("a value"));
        assert!(!check.plausible(&doubled, 1_000_000));
        assert!(!check.plausible(&HeaderMap::new(), 1_000_000));
    }

    #[test]
    fn a_signature_of_another_body_does_not_hold() {
        // RFC 8032, section 7.1, test 1, signs the empty message.
        let rfc = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
        let check = Signature::new(KEY).expect("a key");
        let mut headers = headers(rfc, "");
        assert!(check.holds(&headers, b""));
        assert!(!check.holds(&headers, b"x"));
        headers.insert(TIMESTAMP, "1".parse().expect("a value"));
        assert!(!check.holds(&headers, b""));
    }
}
