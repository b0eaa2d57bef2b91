use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

use super::flat::in_place;
use super::lazy::Lazy;

/// Values by name, in the order of the YAML, each decoded when it is first looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Deserialize<'static> + Serialize", deserialize = "'de: 'static"))]
pub struct Named<T: Deserialize<'static>>(Vec<(Name, Lazy<T>)>);

/// A name that is read where it lies in the program.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Name(Cow<'static, str>);

impl<'de: 'static> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        in_place(deserializer).map(Self)
    }
}

impl<T: Deserialize<'static>> Named<T> {
    /// The first value of that name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| known.0 == name).map(|(_, value)| &**value)
    }

    /// All values, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> {
        self.0.iter().map(|(_, value)| &**value)
    }
}

impl<T: Deserialize<'static>> FromIterator<(String, T)> for Named<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(values: I) -> Self {
        Self(values.into_iter().map(|(name, value)| (Name(name.into()), value.into())).collect())
    }
}

impl<T: Deserialize<'static>> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::Named;

    #[test]
    fn values_are_found_by_name_when_frozen_too() {
        let named = || [("one", 1), ("two", 2)].into_iter().map(|(name, value)| (name.to_owned(), value));
        let list: Named<u32> = named().collect();
        let bytes: &'static [u8] = postcard::to_allocvec(&list).expect("it freezes").leak();
        let thawed: Named<u32> = postcard::from_bytes(bytes).expect("it thaws");
        assert_eq!((thawed.get("two"), thawed.get("three")), (Some(&2), None));
        assert_eq!(thawed.iter().collect::<Vec<_>>(), [&1, &2]);
        assert_eq!(thawed, list);
    }
}
