use super::Profile;

/// What `--profile` takes for none at all.
pub const NONE: &str = "none";

/// All profiles of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profiles {
    /// The one that is used when none is named.
    pub default: Option<String>,
    /// In the order of the file.
    pub all: Vec<Profile>,
}

impl Profiles {
    /// The profile of that name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Profile> {
        self.all.iter().find(|profile| profile.name == name)
    }
}
