//! What is looked at before the library sees bytes that somebody sent.

use crate::refusal::{Refusal, refused};
use crate::rules::Rules;
use mls_rs::extension::built_in::RatchetTreeExt;
use mls_rs::identity::SigningIdentity;
use mls_rs::{MlsMessage, WireFormat};

/// The u-coordinates on Curve25519 whose order divides eight, and their unreduced forms: with such a
/// public key everybody knows the shared secret (RFC 7748 §6.1, RFC 9180 §7.1.4). RustCrypto's
/// HPKE takes them, so they are refused here.
const LOW_ORDER: [[u8; 32]; 7] = [
    small(0),
    small(1),
    [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda, 0x09,
        0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
    ],
    [
        0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04, 0x44,
        0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
    ],
    near_prime(0xec),
    near_prime(0xed),
    near_prime(0xee),
];

const fn small(first: u8) -> [u8; 32] {
    let mut point = [0; 32];
    point[0] = first;
    point
}

/// 2^255 - 19 is `near_prime(0xed)`, little-endian.
const fn near_prime(first: u8) -> [u8; 32] {
    let mut point = [0xff; 32];
    point[0] = first;
    point[31] = 0x7f;
    point
}

/// Tell whether a public key of low order is anywhere in a message: as a leaf's or a path's key, as
/// `external_pub`, or as an encapsulated key. Each stands there as its length and 32 bytes.
fn has_low_order_key(bytes: &[u8]) -> bool {
    bytes.windows(33).any(|window| {
        let (length, key) = (window[0], &window[1..]);
        length == 32 && LOW_ORDER.iter().any(|point| key[..31] == point[..31] && key[31] & 0x7f == point[31])
    })
}

/// Read one message; the library refuses bytes behind it.
fn message_from(bytes: &[u8], format: WireFormat) -> Result<MlsMessage, Refusal> {
    let message = MlsMessage::from_bytes(bytes).map_err(refused)?;
    if message.wire_format() != format {
        return Err(Refusal("a message of another kind".into()));
    }
    if has_low_order_key(bytes) {
        return Err(Refusal("a public key of low order".into()));
    }
    Ok(message)
}

/// Read a commit: a PublicMessage (RFC 9420 §6.2), never a PrivateMessage.
pub fn commit_from(bytes: &[u8]) -> Result<MlsMessage, Refusal> {
    message_from(bytes, WireFormat::PublicMessage)
}

/// Read a GroupInfo (RFC 9420 §12.4.3).
pub fn group_info_from(bytes: &[u8]) -> Result<MlsMessage, Refusal> {
    message_from(bytes, WireFormat::GroupInfo)
}

/// Return the leaf that the same person has in the group already, if there is one.
pub fn former_leaf(info: &MlsMessage, own: &SigningIdentity, rules: &Rules) -> Result<Option<u32>, Refusal> {
    let info = info.as_group_info().ok_or_else(|| Refusal("not a GroupInfo".into()))?;
    let tree = info.extensions().get_as::<RatchetTreeExt>().map_err(refused)?;
    let tree = tree.ok_or_else(|| Refusal("a GroupInfo without its tree".into()))?.tree_data;
    let person = rules.person(own)?;
    for member in tree.roster().members_iter() {
        if rules.person(&member.signing_identity)? == person {
            return Ok(Some(member.index));
        }
    }
    Ok(None)
}
