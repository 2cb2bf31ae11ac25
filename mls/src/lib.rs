//! One MLS group (RFC 9420) for WebAssembly: mls-rs under our rules, and nothing of its own.
//!
//! The surface is what the summit needs: create, join or come back by external commit, commit with a
//! path, process, export, roster. There are no key packages, no Welcome, no proposals outside a
//! commit and no application messages. `web/src/keys/group.ts` is the only caller.
//!
//! Whatever fails is refused and leaves the group as it was. A refusal's words are for the log.

mod incoming;
mod refusal;
mod rules;

use incoming::{commit_from, former_leaf, group_info_from};
use js_sys::Uint8Array;
use mls_rs::client_builder::{BaseConfig, WithCryptoProvider, WithIdentityProvider, WithMlsRules};
use mls_rs::crypto::{SignaturePublicKey, SignatureSecretKey};
use mls_rs::group::{CommitEffect, ReceivedMessage};
use mls_rs::identity::SigningIdentity;
use mls_rs::identity::basic::BasicCredential;
use mls_rs::{CipherSuite, CipherSuiteProvider, Client, CryptoProvider, ExtensionList};
use mls_rs_crypto_rustcrypto::RustCryptoProvider;
use refusal::{Refusal, refused};
use rules::{Hooks, Rules, credential_of};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

/// MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519 (RFC 9420 §17.1), the only suite there is.
const SUITE: CipherSuite = CipherSuite::CURVE25519_AES128;

type Ours = WithMlsRules<Rules, WithIdentityProvider<Rules, WithCryptoProvider<RustCryptoProvider, BaseConfig>>>;

fn crypto() -> RustCryptoProvider {
    RustCryptoProvider::with_enabled_cipher_suites(vec![SUITE])
}

fn suite() -> Result<impl CipherSuiteProvider, Refusal> {
    crypto().cipher_suite_provider(SUITE).ok_or_else(|| Refusal("the suite is missing".into()))
}

/// A key pair that signs for one run of a worker: the leaf key of its groups (RFC 9420 §5.1.1).
#[wasm_bindgen]
pub struct Session {
    secret: Zeroizing<Vec<u8>>,
    key: Vec<u8>,
}

#[wasm_bindgen]
impl Session {
    /// Make a new Ed25519 key pair.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Session, JsError> {
        let (secret, key) = suite()?.signature_key_generate().map_err(refused)?;
        Ok(Session { secret: Zeroizing::new(secret.as_bytes().to_vec()), key: key.to_vec() })
    }

    /// The private half, for [`Group::create`] and [`Group::join`].
    #[wasm_bindgen(getter)]
    pub fn secret(&self) -> Uint8Array {
        Uint8Array::from(&self.secret[..])
    }

    /// The public half: 32 bytes, to be certified by the device.
    #[wasm_bindgen(getter)]
    pub fn key(&self) -> Uint8Array {
        Uint8Array::from(&self.key[..])
    }
}

/// Tell whether `signature` is Ed25519's over `bytes` (RFC 8032), at once, as a rule must know.
#[wasm_bindgen]
pub fn verify(key: &[u8], signature: &[u8], bytes: &[u8]) -> bool {
    suite().is_ok_and(|suite| suite.verify(&SignaturePublicKey::new_slice(key), signature, bytes).is_ok())
}

/// Return the SHA-256 of bytes, at once, as a rule must know.
#[wasm_bindgen]
pub fn sha256(bytes: &[u8]) -> Result<Uint8Array, JsError> {
    Ok(Uint8Array::from(&suite()?.hash(bytes).map_err(refused)?[..]))
}

/// Who takes part: the credential that others check, and the session key it certifies.
struct Member {
    identity: SigningIdentity,
    secret: Zeroizing<Vec<u8>>,
}

impl Member {
    fn new(credential: Vec<u8>, secret: &Uint8Array, key: Vec<u8>) -> Self {
        let credential = BasicCredential::new(credential).into_credential();
        let identity = SigningIdentity::new(credential, SignaturePublicKey::new(key));
        Self { identity, secret: Zeroizing::new(secret.to_vec()) }
    }

    fn client(&self, rules: &Rules) -> Client<Ours> {
        let secret = SignatureSecretKey::new_slice(&self.secret);
        Client::builder()
            .crypto_provider(crypto())
            .identity_provider(rules.clone())
            .mls_rules(rules.clone())
            .signing_identity(self.identity.clone(), secret, SUITE)
            .build()
    }
}

/// A commit, and what the next to join needs once it is accepted.
#[wasm_bindgen(getter_with_clone)]
pub struct Made {
    /// PublicMessage with a commit (RFC 9420 §12.4).
    pub commit: Vec<u8>,
    /// GroupInfo of the epoch that it begins, with its tree (RFC 9420 §12.4.3).
    pub group_info: Vec<u8>,
}

/// What a commit did that was processed.
#[wasm_bindgen]
pub struct Done {
    /// Whether somebody joined or came back by it (RFC 9420 §12.4.3.2).
    pub external: bool,
    /// The leaf of who made it; of an external commit, the new leaf.
    pub committer: u32,
    /// Whether it removed this member: nothing later can be read here.
    pub removed_me: bool,
    /// The epoch that this group is in now.
    pub epoch: u64,
}

/// One member as the tree has it (RFC 9420 §7.2).
#[wasm_bindgen(getter_with_clone)]
pub struct Leaf {
    /// The number of the leaf, as a commit removes it.
    pub index: u32,
    /// The bytes that the rules looked at.
    pub credential: Vec<u8>,
    /// The session's public key.
    pub key: Vec<u8>,
}

/// The state of one member in one group. All of it lives here; no earlier epoch is kept.
#[wasm_bindgen]
pub struct Group {
    group: mls_rs::Group<Ours>,
    made: Option<Vec<u8>>,
}

#[wasm_bindgen]
impl Group {
    /// Begin a group with this member alone in it (RFC 9420 §11).
    pub fn create(
        id: Vec<u8>,
        credential: Vec<u8>,
        secret: &Uint8Array,
        key: Vec<u8>,
        hooks: Hooks,
    ) -> Result<Group, JsError> {
        let none = ExtensionList::new;
        let group = Member::new(credential, secret, key)
            .client(&Rules::new(hooks))
            .create_group_with_id(id, none(), none(), None)
            .map_err(refused)?;
        Ok(Group { group, made: None })
    }

    /// Join, or come back, by an external commit, which `made` then gives (RFC 9420 §12.4.3.2).
    ///
    /// A leaf of the same person, as the rules know them, is removed by the same commit.
    pub fn join(
        group_info: &[u8],
        credential: Vec<u8>,
        secret: &Uint8Array,
        key: Vec<u8>,
        hooks: Hooks,
    ) -> Result<Group, JsError> {
        let info = group_info_from(group_info)?;
        let member = Member::new(credential, secret, key);
        let rules = Rules::new(hooks);
        let mut builder = member.client(&rules).external_commit_builder().map_err(refused)?;
        if let Some(leaf) = former_leaf(&info, &member.identity, &rules)? {
            builder = builder.with_removal(leaf);
        }
        let (group, commit) = builder.build(info).map_err(refused)?;
        Ok(Group { group, made: Some(commit.to_bytes().map_err(refused)?) })
    }

    /// Give, once, the commit by which this member joined.
    pub fn joined_by(&mut self) -> Result<Made, JsError> {
        let commit = self.made.take().ok_or_else(|| JsError::new("nobody joined here"))?;
        Ok(Made { commit, group_info: self.info()? })
    }

    /// Enter the next epoch by a commit of another member (RFC 9420 §12.4.2).
    pub fn process(&mut self, commit: &[u8]) -> Result<Done, JsError> {
        let message = commit_from(commit)?;
        match self.group.process_incoming_message(message).map_err(refused)? {
            ReceivedMessage::Commit(commit) => Ok(Done {
                external: commit.is_external,
                committer: commit.committer,
                removed_me: matches!(commit.effect, CommitEffect::Removed { .. }),
                epoch: self.group.current_epoch(),
            }),
            _ => Err(JsError::new("not a commit")),
        }
    }

    /// Make a commit with a path that removes these leaves, or only renews the keys (RFC 9420 §12.4.1).
    ///
    /// It is pending until [`Group::apply`] or [`Group::clear`].
    pub fn commit(&mut self, removes: &[u32]) -> Result<Made, JsError> {
        let mut builder = self.group.commit_builder();
        for leaf in removes {
            builder = builder.remove_member(*leaf).map_err(refused)?;
        }
        let made = builder.build().map_err(refused)?;
        let info = made.external_commit_group_info.ok_or_else(|| JsError::new("no GroupInfo was made"))?;
        let (commit, group_info) = (made.commit_message.to_bytes(), info.to_bytes());
        Ok(Made { commit: commit.map_err(refused)?, group_info: group_info.map_err(refused)? })
    }

    /// Enter the epoch of the pending commit: it was accepted.
    pub fn apply(&mut self) -> Result<(), JsError> {
        self.group.apply_pending_commit().map_err(refused)?;
        Ok(())
    }

    /// Forget the pending commit: another one was accepted.
    pub fn clear(&mut self) {
        self.group.clear_pending_commit();
    }

    /// Derive a secret of this epoch (MLS-Exporter, RFC 9420 §8.5).
    pub fn export(&self, label: &str, context: &[u8], length: usize) -> Result<Uint8Array, JsError> {
        let secret = self.group.export_secret(label.as_bytes(), context, length).map_err(refused)?;
        Ok(Uint8Array::from(secret.as_bytes()))
    }

    /// What members compare to know that they see the same group (RFC 9420 §8.7).
    pub fn authenticator(&self) -> Result<Uint8Array, JsError> {
        Ok(Uint8Array::from(self.group.epoch_authenticator().map_err(refused)?.as_bytes()))
    }

    /// The name the group was created under.
    #[wasm_bindgen(getter)]
    pub fn id(&self) -> Vec<u8> {
        self.group.group_id().to_vec()
    }

    /// The number of the epoch (RFC 9420 §8.1).
    #[wasm_bindgen(getter)]
    pub fn epoch(&self) -> u64 {
        self.group.current_epoch()
    }

    /// This member's own leaf.
    #[wasm_bindgen(getter)]
    pub fn own(&self) -> u32 {
        self.group.current_member_index()
    }

    /// Everybody who has the keys of this epoch.
    pub fn roster(&self) -> Result<Vec<Leaf>, JsError> {
        let leaf = |member: mls_rs::group::Member| {
            let credential = credential_of(&member.signing_identity)?.to_vec();
            let key = member.signing_identity.signature_key.to_vec();
            Ok(Leaf { index: member.index, credential, key })
        };
        self.group.roster().members_iter().map(leaf).collect()
    }

    /// The GroupInfo of this epoch, signed by this member, with its tree (RFC 9420 §12.4.3).
    pub fn info(&self) -> Result<Vec<u8>, JsError> {
        let info = self.group.group_info_message_allowing_ext_commit(true).map_err(refused)?;
        info.to_bytes().map_err(|error| refused(error).into())
    }
}
