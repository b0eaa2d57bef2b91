use super::TokenPlace;

/// One account that a profile may work in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountAccess {
    /// What people call it.
    pub name: String,
    /// Other names.
    pub also: Vec<String>,
    /// Its id in the API.
    pub id: String,
    /// Its own token.
    pub token: Option<TokenPlace>,
    /// File and line.
    pub source: String,
}

impl AccountAccess {
    /// Whether it goes by that id or name; case and white space do not matter in a name.
    #[must_use]
    pub fn is(&self, said: &str) -> bool {
        let said = said.trim();
        self.id == said || self.names().any(|name| alike(name, said))
    }

    /// Its names, the main one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.also.iter().map(String::as_str))
    }
}

fn alike(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}
