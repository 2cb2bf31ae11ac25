//! Why something was refused.

use core::fmt;
use mls_rs::error::IntoAnyError;

/// A sentence for the log; there is nothing secret in it.
#[derive(Debug)]
pub struct Refusal(pub String);

/// Say why mls-rs refused.
pub fn refused(error: impl fmt::Debug) -> Refusal {
    Refusal(format!("{error:?}"))
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

impl IntoAnyError for Refusal {
    fn into_dyn_error(self) -> Result<Box<dyn std::error::Error + Send + Sync>, Self> {
        Ok(Box::new(self))
    }
}
