//! `crypto-basics`: hashes, derivations, signatures and HPKE by the provider, each under its label.

use crate::case::{Case, Fault, refused, same};
use crate::suite;
use mls_rs::CipherSuiteProvider;
use mls_rs::crypto::{HpkeCiphertext, HpkePublicKey, HpkeSecretKey, SignaturePublicKey, SignatureSecretKey};
use mls_rs::mls_rs_codec::byte_vec;

/// What RFC 9420 puts before every label (§5.1.2, §5.1.3, §8).
const PREFIX: &str = "MLS 1.0 ";

/// SignContent (§5.1.2) and EncryptContext (§5.1.3) are written alike; so is RefHashInput (§5.2), without the prefix.
fn labelled(label: &str, content: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let mut written = Vec::new();
    for part in [label.as_bytes().to_vec(), content] {
        byte_vec::mls_encode(&part, &mut written).map_err(refused("encoding a label"))?;
    }
    Ok(written)
}

fn prefixed(label: &str, content: Vec<u8>) -> Result<Vec<u8>, Fault> {
    labelled(&format!("{PREFIX}{label}"), content)
}

/// ExpandWithLabel (RFC 9420 §8); the KDFLabel is the length, and then as the others.
fn expand(case: &Case, context: Vec<u8>, length: u16) -> Result<Vec<u8>, Fault> {
    let mut info = length.to_be_bytes().to_vec();
    info.extend(prefixed(case.text("label")?, context)?);
    let made = suite()?.kdf_expand(&case.bytes("secret")?, &info, length.into());
    Ok(made.map_err(refused("expanding"))?.to_vec())
}

fn length_of(case: &Case) -> Result<u16, Fault> {
    case.number("length")?.try_into().map_err(refused("length"))
}

fn check_derivations(case: &Case) -> Result<(), Fault> {
    let hash = case.part("ref_hash")?;
    let made = suite()?.hash(&labelled(hash.text("label")?, hash.bytes("value")?)?).map_err(refused("hashing"))?;
    same("ref_hash", &made, &hash.bytes("out")?)?;
    let wide = case.part("expand_with_label")?;
    let made = expand(&wide, wide.bytes("context")?, length_of(&wide)?)?;
    same("expand_with_label", &made, &wide.bytes("out")?)?;
    let secret = case.part("derive_secret")?;
    let length = suite()?.kdf_extract_size().try_into().map_err(refused("length"))?;
    same("derive_secret", &expand(&secret, Vec::new(), length)?, &secret.bytes("out")?)?;
    let tree = case.part("derive_tree_secret")?;
    let made = expand(&tree, tree.number("generation")?.to_be_bytes().to_vec(), length_of(&tree)?)?;
    same("derive_tree_secret", &made, &tree.bytes("out")?)
}

/// A private key as the provider keeps it: with the public one behind. It signs with none that are not a pair.
pub fn signing_key(secret: Vec<u8>, key: &SignaturePublicKey) -> SignatureSecretKey {
    SignatureSecretKey::new([secret, key.to_vec()].concat())
}

fn check_signature(case: &Case) -> Result<(), Fault> {
    let content = prefixed(case.text("label")?, case.bytes("content")?)?;
    let key = SignaturePublicKey::new(case.bytes("pub")?);
    let secret = signing_key(case.bytes("priv")?, &key);
    let signature = case.bytes("signature")?;
    suite()?.verify(&key, &signature, &content).map_err(refused("sign_with_label, verifying"))?;
    let made = suite()?.sign(&secret, &content).map_err(refused("signing"))?;
    // Ed25519 signs the same bytes the same way (RFC 8032 §5.1.6).
    same("sign_with_label", &made, &signature)
}

fn check_encryption(case: &Case) -> Result<(), Fault> {
    let context = prefixed(case.text("label")?, case.bytes("context")?)?;
    let (secret, key) = (HpkeSecretKey::from(case.bytes("priv")?), HpkePublicKey::from(case.bytes("pub")?));
    let clear = case.bytes("plaintext")?;
    let sealed = HpkeCiphertext { kem_output: case.bytes("kem_output")?, ciphertext: case.bytes("ciphertext")? };
    let opened = suite()?.hpke_open(&sealed, &secret, &key, &context, None).map_err(refused("encrypt_with_label"))?;
    same("encrypt_with_label", &opened, &clear)?;
    let sealed = suite()?.hpke_seal(&key, &context, None, &clear).map_err(refused("encrypting"))?;
    let opened = suite()?.hpke_open(&sealed, &secret, &key, &context, None).map_err(refused("decrypting"))?;
    same("what was encrypted here", &opened, &clear)
}

pub fn check(case: &Case) -> Result<(), Fault> {
    check_derivations(case)?;
    check_signature(&case.part("sign_with_label")?)?;
    check_encryption(&case.part("encrypt_with_label")?)
}
