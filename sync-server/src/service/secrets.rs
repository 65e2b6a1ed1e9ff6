//! Tokens, enrolment codes and passwords: made at random, kept only as hashes.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::Random;

/// Crockford's base 32: no letter that reads like another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What the store keeps of a secret that is itself random.
pub fn secret_hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// A device token: 256 random bits.
pub(super) fn new_token(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// An enrolment code: 50 random bits as ten characters, in two groups.
pub fn new_secret_code(random: &dyn Random) -> String {
    let text = base32(random, 10);
    format!("{}-{}", &text[..5], &text[5..])
}

/// A password for a person to copy once: 80 random bits in four groups.
pub fn new_password(random: &dyn Random) -> String {
    let text = base32(random, 16).to_lowercase();
    [&text[..4], &text[4..8], &text[8..12], &text[12..]].join("-")
}

/// What a person typed, as the code was made: case, spaces, hyphens and look-alikes do not matter.
pub fn normalise_code(typed: &str) -> String {
    let letter = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        upper => upper,
    };
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(letter).collect()
}

fn base32(random: &dyn Random, length: usize) -> String {
    let mut bytes = vec![0; length];
    random.fill(&mut bytes);
    // 256 is a multiple of 32, so each character is as likely as every other.
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::OsRandom;

    #[test]
    fn a_code_survives_how_people_type_it() {
        let code = new_secret_code(&OsRandom);
        let typed = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(normalise_code(&typed), normalise_code(&code));
        assert_eq!(normalise_code(&code).len(), 10);
    }

    #[test]
    fn secrets_differ_and_are_long_enough() {
        assert_ne!(new_token(&OsRandom), new_token(&OsRandom));
        assert_eq!(new_token(&OsRandom).len(), 43);
        assert_ne!(new_password(&OsRandom), new_password(&OsRandom));
        assert_eq!(new_password(&OsRandom).len(), 19);
    }
}
