use serde::Deserialize;

use super::{Collection, Script, Wording};
use crate::sandbox::pairs::Pairs;
use crate::sandbox::{router, yaml};

/// How the sandbox plays one service.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::sandbox) struct Behaviour {
    /// Which account a request is about, when the service has accounts.
    pub(in crate::sandbox) account: Option<Account>,
    /// Values a client needs beside the token: name → (collection, key), taken from the first record.
    pub(in crate::sandbox) context: Pairs<(String, String)>,
    /// Parameter names of paging.
    pub(in crate::sandbox) paging: PageNames,
    /// What errors look like.
    pub(in crate::sandbox) wording: Wording,
    /// Rules of collections.
    pub(in crate::sandbox) collections: Pairs<Collection>,
    /// What requests do, by `METHOD /path`.
    pub(in crate::sandbox) operations: Pairs<Script>,
}

/// Which account a request is about.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::sandbox) struct Account {
    /// Parameters that carry the account's id.
    pub(in crate::sandbox) keys: Vec<String>,
    /// Collection of the accounts the token may touch.
    pub(in crate::sandbox) collection: String,
    /// Key of the account's id in every record.
    pub(in crate::sandbox) field: String,
}

/// Parameter names that lists are paged by, beside those of the catalog's page styles.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::sandbox) struct PageNames {
    pub(in crate::sandbox) limit: Vec<String>,
    pub(in crate::sandbox) offset: Vec<String>,
    pub(in crate::sandbox) page: Vec<String>,
    /// Id of the last record seen, or a list that ends with it.
    pub(in crate::sandbox) after: Vec<String>,
}

impl Behaviour {
    /// The behaviour that is built in: the plain manners of every service, and the service-specific ones by name.
    pub(in crate::sandbox) fn built_in() -> (Behaviour, Vec<(String, Behaviour)>) {
        let text = include_str!("../behaviour.yaml");
        let value = yaml::parse("behaviour.yaml", text).expect("a unit test reads the file that is built in");
        let all: Pairs<Behaviour> = serde_json::from_value(value).expect("a unit test reads the file that is built in");
        let (mut plain, mut services) = (Behaviour::default(), Vec::new());
        for (name, behaviour) in all.0 {
            if name == "plain" {
                plain = behaviour;
            } else {
                services.push((name, behaviour));
            }
        }
        for (_, service) in &mut services {
            service.wording.complete_from(&plain.wording);
        }
        (plain, services)
    }

    /// What a request does, when there is an entry for it.
    pub(in crate::sandbox) fn script(&self, line: &str) -> Option<&Script> {
        self.operations.iter().find(|(key, _)| router::same(key, line)).map(|(_, script)| script)
    }

    /// Rules of a collection; plain ones when it has none.
    pub(in crate::sandbox) fn collection(&self, name: &str) -> &Collection {
        self.collections.get(name).unwrap_or_else(|| Collection::plain())
    }

    /// The singular that people call a record of that collection, for "… not found".
    pub(in crate::sandbox) fn called(&self, collection: &str) -> String {
        let rules = self.collection(collection);
        if rules.one.is_empty() { "Record".to_owned() } else { rules.one.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_reads() {
        let (plain, services) = Behaviour::built_in();
        assert!(!plain.wording.invalid.body.is_null());
        assert!(services.iter().all(|(_, s)| !s.operations.0.is_empty()));
    }
}
