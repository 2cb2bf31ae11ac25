//! The test vectors of the MLS working group (mlswg/mls-implementations, `test-vectors`), run on the library and the
//! provider that our groups use, compiled as they are: to WebAssembly. It is no part of the product; `run.mjs` is the
//! only caller, and `make vectors` runs it.
//!
//! A file is run when the library's public surface reaches what it is about. Only suite 1 is: there is no other in
//! a group of ours.

mod basics;
mod case;
mod messages;
mod passive;

use case::{Case, Fault};
use mls_rs::{CipherSuite, CipherSuiteProvider, CryptoProvider};
use mls_rs_crypto_rustcrypto::RustCryptoProvider;
use wasm_bindgen::prelude::*;

/// MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519 (RFC 9420 §17.1).
const SUITE: CipherSuite = CipherSuite::CURVE25519_AES128;

type Check = fn(&Case) -> Result<(), Fault>;

/// Which files are run, and how one group of each is checked.
const FILES: [(&str, Check); 6] = [
    ("crypto-basics.json", basics::check),
    ("deserialization.json", messages::check_length),
    ("messages.json", messages::check),
    ("passive-client-welcome.json", passive::check),
    ("passive-client-handling-commit.json", passive::check),
    ("passive-client-random.json", passive::check),
];

fn crypto() -> RustCryptoProvider {
    RustCryptoProvider::with_enabled_cipher_suites(vec![SUITE])
}

fn suite() -> Result<impl CipherSuiteProvider, Fault> {
    crypto().cipher_suite_provider(SUITE).ok_or_else(|| Fault::new("the suite is missing"))
}

/// The names of the files that [`run`] knows.
#[wasm_bindgen]
pub fn files() -> Vec<String> {
    FILES.iter().map(|(name, _)| (*name).to_owned()).collect()
}

/// Run every group of a file that is of our suite, or of none; return how many there were.
///
/// The first difference ends it, with the group's place in the file, from 0.
#[wasm_bindgen]
pub fn run(file: &str, text: &str) -> Result<usize, JsError> {
    let (_, check) = FILES.iter().find(|(name, _)| *name == file).ok_or_else(|| JsError::new("no such file"))?;
    let mut count = 0;
    for (place, case) in case::cases(text)?.iter().enumerate() {
        if case.is_of(SUITE) {
            check(&case).map_err(|fault| JsError::new(&format!("group {place}: {fault}")))?;
            count += 1;
        }
    }
    Ok(count)
}
