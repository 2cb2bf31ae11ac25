//! The rules of the summit as the library's hooks: who may be in a group, who is the same person,
//! and what a commit may do. They are asked of the caller; no answer, or a throw, is a refusal.

use crate::refusal::Refusal;
use js_sys::Uint8Array;
use mls_rs::group::{GroupContext, Roster};
use mls_rs::identity::{Credential, CredentialType, SigningIdentity};
use mls_rs::mls_rules::{CommitDirection, CommitOptions, CommitSource, EncryptionOptions, ProposalBundle};
use mls_rs::time::MlsTime;
use mls_rs::{ExtensionList, IdentityProvider, MlsRules};
use mls_rs_core::identity::MemberValidationContext;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The caller's side of the rules, in the order that `web/src/keys/group.ts` gives them.
    #[wasm_bindgen(typescript_type = "unknown")]
    #[derive(Clone)]
    pub type Hooks;

    #[wasm_bindgen(method, catch)]
    fn validate(this: &Hooks, credential: Uint8Array, key: Uint8Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn identity(this: &Hooks, credential: Uint8Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn successor(
        this: &Hooks,
        old: Uint8Array,
        old_key: Uint8Array,
        next: Uint8Array,
        next_key: Uint8Array,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn permits(
        this: &Hooks,
        received: bool,
        external: bool,
        committer: Uint8Array,
        removes: Vec<Uint8Array>,
    ) -> Result<JsValue, JsValue>;
}

/// How many names are kept: far more than a summit has members. A flood of others' is forgotten, and asked for again.
const MOST: usize = 4096;

/// The hooks of one group, and the names that they gave: mls-rs asks for every leaf's at every commit.
#[derive(Clone)]
pub struct Rules {
    hooks: Hooks,
    /// By credential. A credential is one person's for ever.
    persons: Arc<Mutex<BTreeMap<Vec<u8>, Vec<u8>>>>,
}

fn no<T>(why: &str) -> Result<T, Refusal> {
    Err(Refusal(why.into()))
}

/// Return the bytes of a basic credential (RFC 9420 §5.3), the only kind there is.
pub fn credential_of(identity: &SigningIdentity) -> Result<&[u8], Refusal> {
    match &identity.credential {
        Credential::Basic(basic) => Ok(&basic.identifier),
        _ => no("not a basic credential"),
    }
}

/// Return a copy of credential and key for the caller.
fn shown(identity: &SigningIdentity) -> Result<(Uint8Array, Uint8Array), Refusal> {
    Ok((Uint8Array::from(credential_of(identity)?), Uint8Array::from(&identity.signature_key[..])))
}

impl Rules {
    /// Make the rules of a group.
    pub fn new(hooks: Hooks) -> Self {
        Self { hooks, persons: Arc::default() }
    }

    /// Return the name under which the rules know a person: the same for every session of theirs.
    pub fn person(&self, identity: &SigningIdentity) -> Result<Vec<u8>, Refusal> {
        let credential = credential_of(identity)?;
        let mut persons = self.persons.lock().or_else(|_| no("rules: broken off"))?;
        if let Some(name) = persons.get(credential) {
            return Ok(name.clone());
        }
        let said = self.hooks.identity(Uint8Array::from(credential)).or_else(|_| no("rules: identity threw"))?;
        let name = match said.dyn_into::<Uint8Array>() {
            Ok(name) if name.length() > 0 => name.to_vec(),
            _ => return no("rules: no identity"),
        };
        if persons.len() >= MOST {
            persons.clear();
        }
        persons.insert(credential.to_vec(), name.clone());
        Ok(name)
    }

    fn permit(&self, received: bool, form: &Form, removes: Vec<Uint8Array>) -> Result<(), Refusal> {
        let (external, committer) = match form {
            Form::External(joiner) => (true, joiner),
            Form::Member(committer) => (false, committer),
        };
        let (committer, _) = shown(committer)?;
        let said = self.hooks.permits(received, external, committer, removes);
        match said.or_else(|_| no("rules: permits threw"))?.as_string() {
            Some(why) if why.is_empty() => Ok(()),
            Some(why) => no(&format!("rules: {why}")),
            None => no("rules: permits said nothing"),
        }
    }
}

/// The two forms of commit there are.
enum Form {
    /// Someone joins, or comes back.
    External(SigningIdentity),
    /// A member renews the keys, and may remove others.
    Member(SigningIdentity),
}

/// Return the form of a commit; every other is refused.
fn form_of(source: CommitSource, proposals: &ProposalBundle) -> Result<Form, Refusal> {
    let others = proposals.add_proposals().len()
        + proposals.group_context_ext_proposals().len()
        + proposals.reinit_proposals().len();
    if others > 0 {
        return no("a proposal of a kind that is not allowed");
    }
    let inits = proposals.external_init_proposals().len();
    match source {
        CommitSource::NewMember(joiner) if inits == 1 && proposals.remove_proposals().len() <= 1 => {
            Ok(Form::External(joiner))
        }
        CommitSource::ExistingMember(committer) if inits == 0 => Ok(Form::Member(committer.signing_identity)),
        _ => no("a commit of neither form"),
    }
}

impl IdentityProvider for Rules {
    type Error = Refusal;

    fn validate_member(
        &self,
        identity: &SigningIdentity,
        _: Option<MlsTime>,
        _: MemberValidationContext<'_>,
    ) -> Result<(), Refusal> {
        let (credential, key) = shown(identity)?;
        match self.hooks.validate(credential, key) {
            Ok(said) if said.as_bool() == Some(true) => Ok(()),
            Ok(_) => no("rules: not a valid member"),
            Err(_) => no("rules: validate threw"),
        }
    }

    fn validate_external_sender(
        &self,
        _: &SigningIdentity,
        _: Option<MlsTime>,
        _: Option<&ExtensionList>,
    ) -> Result<(), Refusal> {
        no("nobody outside a group may send to it")
    }

    fn identity(&self, identity: &SigningIdentity, _: &ExtensionList) -> Result<Vec<u8>, Refusal> {
        self.person(identity)
    }

    fn valid_successor(
        &self,
        old: &SigningIdentity,
        next: &SigningIdentity,
        _: &ExtensionList,
    ) -> Result<bool, Refusal> {
        let ((old, old_key), (next, next_key)) = (shown(old)?, shown(next)?);
        let said = self.hooks.successor(old, old_key, next, next_key);
        Ok(said.or_else(|_| no("rules: successor threw"))?.as_bool() == Some(true))
    }

    fn supported_types(&self) -> Vec<CredentialType> {
        vec![CredentialType::BASIC]
    }
}

impl MlsRules for Rules {
    type Error = Refusal;

    fn filter_proposals(
        &self,
        direction: CommitDirection,
        source: CommitSource,
        roster: &Roster,
        _: &GroupContext,
        proposals: ProposalBundle,
    ) -> Result<ProposalBundle, Refusal> {
        let form = form_of(source, &proposals)?;
        let mut removes = Vec::new();
        for remove in proposals.remove_proposals() {
            let index = remove.proposal.to_remove();
            let leaf = roster.member_with_index(index).or_else(|_| no("no such leaf to remove"))?;
            removes.push(shown(&leaf.signing_identity)?.0);
        }
        self.permit(direction == CommitDirection::Receive, &form, removes)?;
        Ok(proposals)
    }

    fn commit_options(&self, _: &Roster, _: &GroupContext, _: &ProposalBundle) -> Result<CommitOptions, Refusal> {
        Ok(CommitOptions::new()
            .with_path_required(true)
            .with_ratchet_tree_extension(true)
            .with_allow_external_commit(true))
    }

    /// Commits are PublicMessages: whoever orders them must see their group and epoch (RFC 9420 §6.2).
    fn encryption_options(&self, _: &Roster, _: &GroupContext) -> Result<EncryptionOptions, Refusal> {
        Ok(EncryptionOptions::default())
    }
}
