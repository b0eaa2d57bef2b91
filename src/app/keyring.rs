//! The keyring of the desktop; in a build without it, every call says so.

#[cfg(feature = "keyring")]
pub use with::{get, put, remove};
#[cfg(not(feature = "keyring"))]
pub use without::{get, put, remove};

#[cfg(feature = "keyring")]
mod with {
    use keyring::{Entry, Error};

    const SERVICE: &str = "sayso";

    /// The token of that name.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub fn get(name: &str) -> Result<String, String> {
        entry(name)?.get_password().map_err(|error| match error {
            Error::NoEntry => "it is not there".to_owned(),
            other => other.to_string(),
        })
    }

    /// Keeps a token under that name.
    ///
    /// # Errors
    /// Why it cannot be kept.
    pub fn put(name: &str, token: &str) -> Result<(), String> {
        entry(name)?.set_password(token).map_err(|error| error.to_string())
    }

    /// Forgets the token of that name; one that is not there is forgotten already.
    ///
    /// # Errors
    /// Why it cannot be forgotten.
    pub fn remove(name: &str) -> Result<(), String> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn entry(name: &str) -> Result<Entry, String> {
        Entry::new(SERVICE, name).map_err(|error| match Entry::store_status() {
            Err(why) => format!("no keyring answers here ({why})"),
            Ok(()) => error.to_string(),
        })
    }
}

#[cfg(not(feature = "keyring"))]
mod without {
    const ABSENT: &str = "this sayso was built without the feature `keyring`";

    /// There is none in this build.
    ///
    /// # Errors
    /// Always.
    pub fn get(_: &str) -> Result<String, String> {
        Err(ABSENT.to_owned())
    }

    /// There is none in this build.
    ///
    /// # Errors
    /// Always.
    pub fn put(_: &str, _: &str) -> Result<(), String> {
        Err(ABSENT.to_owned())
    }

    /// There is none in this build.
    ///
    /// # Errors
    /// Always.
    pub fn remove(_: &str) -> Result<(), String> {
        Err(ABSENT.to_owned())
    }
}
