//! `messages` and `deserialization`: what is read is written again as the same bytes.

use crate::case::{Case, Fault, refused, same};
use mls_rs::MlsMessage;
use mls_rs::group::ExportedTree;
use mls_rs::mls_rs_codec::{MlsDecode, VarInt};

/// Those that are messages of their own (RFC 9420 §6); the others are parts that the library reads within one. It reads no
/// application data in a PublicMessage, which RFC 9420 §6.2 forbids to send.
const MESSAGES: [&str; 6] = [
    "mls_welcome",
    "mls_group_info",
    "mls_key_package",
    "public_message_proposal",
    "public_message_commit",
    "private_message",
];

pub fn check(case: &Case) -> Result<(), Fault> {
    for name in MESSAGES {
        let bytes = case.bytes(name)?;
        let read = MlsMessage::from_bytes(&bytes).map_err(refused(name))?;
        same(name, &read.to_bytes().map_err(refused(name))?, &bytes)?;
    }
    let tree = case.bytes("ratchet_tree")?;
    let read = ExportedTree::from_bytes(&tree).map_err(refused("ratchet_tree"))?;
    same("ratchet_tree", &read.to_bytes().map_err(refused("ratchet_tree"))?, &tree)
}

/// The length before every list (RFC 9420 §2.1.2).
pub fn check_length(case: &Case) -> Result<(), Fault> {
    let bytes = case.bytes("vlbytes_header")?;
    let read = VarInt::mls_decode(&mut &bytes[..]).map_err(refused("vlbytes_header"))?;
    same("length", &u32::from(read).to_be_bytes(), &case.number("length")?.to_be_bytes())
}
