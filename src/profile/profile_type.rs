use super::{Policy, ServiceAccess};

/// One profile: accounts, their tokens, and what may be done with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: Option<String>,
    /// What it has for each service.
    pub services: Vec<ServiceAccess>,
    /// What may be done.
    pub policy: Policy,
    /// File and line.
    pub source: String,
}

impl Profile {
    /// What it has for a service.
    #[must_use]
    pub fn service(&self, name: &str) -> Option<&ServiceAccess> {
        self.services.iter().find(|access| access.service == name)
    }
}
