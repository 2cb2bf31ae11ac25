//! `passive-client-…`: somebody is let into a group by Welcome and follows its commits.

use crate::basics::signing_key;
use crate::case::{Case, Fault, refused, same};
use crate::{SUITE, crypto, suite};
use mls_rs::client_builder::{BaseConfig, WithCryptoProvider, WithIdentityProvider, WithKeyPackageRepo, WithPskStore};
use mls_rs::group::ExportedTree;
use mls_rs::identity::basic::BasicIdentityProvider;
use mls_rs::mls_rs_codec::MlsEncode;
use mls_rs::psk::{ExternalPskId, PreSharedKey};
use mls_rs::storage_provider::KeyPackageData;
use mls_rs::storage_provider::in_memory::{InMemoryKeyPackageStorage, InMemoryPreSharedKeyStorage};
use mls_rs::{CipherSuiteProvider, Client, Group, MlsMessage};

type Basic = WithPskStore<
    InMemoryPreSharedKeyStorage,
    WithKeyPackageRepo<
        InMemoryKeyPackageStorage,
        WithIdentityProvider<
            BasicIdentityProvider,
            WithCryptoProvider<mls_rs_crypto_rustcrypto::RustCryptoProvider, BaseConfig>,
        >,
    >,
>;

fn message(bytes: &[u8], what: &str) -> Result<MlsMessage, Fault> {
    MlsMessage::from_bytes(bytes).map_err(refused(what))
}

/// The pre-shared keys that everybody has already (RFC 9420 §8.4).
fn psks(case: &Case) -> Result<InMemoryPreSharedKeyStorage, Fault> {
    let mut store = InMemoryPreSharedKeyStorage::default();
    for psk in case.list("external_psks")? {
        store.insert(ExternalPskId::new(psk.bytes("psk_id")?), PreSharedKey::new(psk.bytes("psk")?));
    }
    Ok(store)
}

/// The key package with its private keys, as if it had been made here.
fn key_packages(case: &Case) -> Result<InMemoryKeyPackageStorage, Fault> {
    let told = message(&case.bytes("key_package")?, "key_package")?;
    let name = told.key_package_reference(&suite()?).map_err(refused("key_package"))?;
    let (Some(name), Some(package)) = (name, told.into_key_package()) else {
        return Err(Fault::new("key_package is none"));
    };
    let (init, leaf) = (case.bytes("init_priv")?, case.bytes("encryption_priv")?);
    let bytes = package.mls_encode_to_vec().map_err(refused("key_package"))?;
    let store = InMemoryKeyPackageStorage::new();
    store.insert(name.to_vec(), KeyPackageData::new(bytes, init.into(), leaf.into(), u64::MAX));
    Ok(store)
}

fn client(case: &Case) -> Result<Client<Basic>, Fault> {
    let told = message(&case.bytes("key_package")?, "key_package")?;
    let package = told.as_key_package().ok_or_else(|| Fault::new("key_package is none"))?;
    let identity = package.signing_identity().clone();
    let secret = signing_key(case.bytes("signature_priv")?, &identity.signature_key);
    suite()?.sign(&secret, b"a pair").map_err(refused("signature_priv"))?;
    Ok(Client::builder()
        .crypto_provider(crypto())
        .identity_provider(BasicIdentityProvider::new())
        .key_package_repo(key_packages(case)?)
        .psk_store(psks(case)?)
        .signing_identity(identity, secret, SUITE)
        .build())
}

fn joined(case: &Case) -> Result<Group<Basic>, Fault> {
    let tree = case.optional("ratchet_tree")?;
    let tree = tree.map(|bytes| ExportedTree::from_bytes(&bytes).map(ExportedTree::into_owned));
    let tree = tree.transpose().map_err(refused("ratchet_tree"))?;
    let welcome = message(&case.bytes("welcome")?, "welcome")?;
    let (group, _) = client(case)?.join_group(tree, &welcome, None).map_err(refused("joining"))?;
    Ok(group)
}

fn check_epoch(group: &Group<Basic>, wanted: &[u8]) -> Result<(), Fault> {
    let made = group.epoch_authenticator().map_err(refused("epoch_authenticator"))?;
    same(&format!("the authenticator of epoch {}", group.current_epoch()), made.as_bytes(), wanted)
}

pub fn check(case: &Case) -> Result<(), Fault> {
    let mut group = joined(case)?;
    check_epoch(&group, &case.bytes("initial_epoch_authenticator")?)?;
    for epoch in case.list("epochs")? {
        for proposal in epoch.list("proposals")? {
            let proposal = message(&proposal.itself()?, "proposal")?;
            group.process_incoming_message(proposal).map_err(refused("proposal"))?;
        }
        let commit = message(&epoch.bytes("commit")?, "commit")?;
        group.process_incoming_message(commit).map_err(refused("commit"))?;
        check_epoch(&group, &epoch.bytes("epoch_authenticator")?)?;
    }
    Ok(())
}
