//! One group of a file of vectors, as JSON, and what is wrong with it.

use core::fmt;
use mls_rs::CipherSuite;
use serde_json::Value;

/// Why a group does not hold: a sentence for whoever runs it.
#[derive(Debug)]
pub struct Fault(String);

impl Fault {
    pub fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

/// Say at which step the library refused.
pub fn refused<E: fmt::Debug>(step: &str) -> impl FnOnce(E) -> Fault {
    move |error| Fault(format!("{step}: {error:?}"))
}

/// Compare what was made with what the vector says.
pub fn same(what: &str, made: &[u8], wanted: &[u8]) -> Result<(), Fault> {
    if made == wanted {
        return Ok(());
    }
    Err(Fault(format!("{what}: made {}, wanted {}", hex::encode(made), hex::encode(wanted))))
}

/// An object of a file of vectors.
pub struct Case<'a>(&'a Value);

/// Every group of a file.
pub struct Cases(Vec<Value>);

impl Cases {
    pub fn iter(&self) -> impl Iterator<Item = Case<'_>> {
        self.0.iter().map(Case)
    }
}

/// Read a file of vectors.
pub fn cases(text: &str) -> Result<Cases, Fault> {
    serde_json::from_str(text).map(Cases).map_err(|error| Fault(format!("not a list in JSON: {error}")))
}

impl<'a> Case<'a> {
    /// Tell whether it is of this suite, or of every.
    pub fn is_of(&self, suite: CipherSuite) -> bool {
        self.0.get("cipher_suite").is_none_or(|named| named.as_u64() == Some(u64::from(u16::from(suite))))
    }

    fn field(&self, name: &str) -> Result<&'a Value, Fault> {
        self.0.get(name).ok_or_else(|| Fault(format!("it has no {name}")))
    }

    pub fn part(&self, name: &str) -> Result<Case<'a>, Fault> {
        self.field(name).map(Case)
    }

    pub fn list(&self, name: &str) -> Result<Vec<Case<'a>>, Fault> {
        let list = self.field(name)?.as_array().ok_or_else(|| Fault(format!("{name} is no list")))?;
        Ok(list.iter().map(Case).collect())
    }

    pub fn text(&self, name: &str) -> Result<&'a str, Fault> {
        self.field(name)?.as_str().ok_or_else(|| Fault(format!("{name} is no text")))
    }

    pub fn number(&self, name: &str) -> Result<u32, Fault> {
        let number = self.field(name)?.as_u64().and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| Fault(format!("{name} is no number")))
    }

    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, Fault> {
        self.part(name)?.itself().map_err(|Fault(why)| Fault(format!("{name} {why}")))
    }

    /// The bytes, or nothing where the vector says null.
    pub fn optional(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        if self.field(name)?.is_null() { Ok(None) } else { self.bytes(name).map(Some) }
    }

    /// The bytes of an entry in a list.
    pub fn itself(&self) -> Result<Vec<u8>, Fault> {
        let text = self.0.as_str().ok_or_else(|| Fault::new("is no text"))?;
        hex::decode(text).map_err(|error| Fault(format!("is not hexadecimal: {error}")))
    }
}
