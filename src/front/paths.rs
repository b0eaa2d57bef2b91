use std::path::PathBuf;

use etcetera::BaseStrategy;

/// The user's own folders: `$XDG_CONFIG_HOME/sayso`, `$XDG_DATA_HOME/sayso` or what stands for them on this system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paths {
    /// YAML laid over the built-in catalog, when there is such a folder.
    pub(super) endpoints: Option<PathBuf>,
    /// Where that folder is, or would be.
    pub(super) own_endpoints: Option<PathBuf>,
    /// The name cache and the like.
    pub(super) store: Option<PathBuf>,
    /// Accounts and what may be done with them.
    pub(super) profiles: Option<PathBuf>,
    /// Tokens of logins.
    pub(super) tokens: Option<PathBuf>,
    /// Counts of requests.
    pub(super) usage: Option<PathBuf>,
    /// What can be made anew: the catalog with the user's folders laid over it.
    pub(super) cache: Option<PathBuf>,
    /// Lines typed in conversations.
    pub(super) history: Option<PathBuf>,
}

impl Paths {
    /// Those of the person who runs the program; none of them when there is no home.
    pub(super) fn of_user() -> Self {
        let Ok(base) = etcetera::choose_base_strategy() else { return Self::default() };
        let data = base.data_dir().join("sayso");
        let config = base.config_dir().join("sayso");
        let endpoints = config.join("endpoints");
        Self {
            endpoints: Some(endpoints.clone()).filter(|folder| folder.is_dir()),
            own_endpoints: Some(endpoints),
            profiles: Some(config.join("profiles.yaml")),
            tokens: Some(data.join("tokens.sqlite")),
            usage: Some(data.join("usage.sqlite")),
            store: Some(data.join("sayso.sqlite")),
            cache: Some(base.cache_dir().join("sayso")),
            history: Some(data.join("history")),
        }
    }
}
