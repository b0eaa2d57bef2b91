use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

/// A value that is frozen as a whole and decoded when it is first looked at, so that a start that has no use for it does
/// not pay for it.
pub struct Lazy<T> {
    frozen: &'static [u8],
    value: OnceLock<T>,
}

impl<T> From<T> for Lazy<T> {
    fn from(value: T) -> Self {
        Self { frozen: &[], value: OnceLock::from(value) }
    }
}

impl<T: Deserialize<'static>> Deref for Lazy<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| postcard::from_bytes(self.frozen).expect("the value was frozen by this build"))
    }
}

impl<T: Deserialize<'static>> DerefMut for Lazy<T> {
    fn deref_mut(&mut self) -> &mut T {
        let _ = &**self;
        self.value.get_mut().expect("it was decoded just now")
    }
}

impl<T: Deserialize<'static> + Clone> Clone for Lazy<T> {
    fn clone(&self) -> Self {
        Self::from(T::clone(self))
    }
}

impl<T: Deserialize<'static> + PartialEq> PartialEq for Lazy<T> {
    fn eq(&self, other: &Self) -> bool {
        T::eq(self, other)
    }
}

impl<T: Deserialize<'static> + fmt::Debug> fmt::Debug for Lazy<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

impl<T: Deserialize<'static> + Default> Default for Lazy<T> {
    fn default() -> Self {
        Self::from(T::default())
    }
}

impl<T: Deserialize<'static> + Serialize> Serialize for Lazy<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = postcard::to_allocvec(&**self).map_err(ser::Error::custom)?;
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Lazy<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let frozen = <&'static [u8]>::deserialize(deserializer)?;
        Ok(Self { frozen, value: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::Lazy;

    #[test]
    fn it_is_decoded_when_it_is_looked_at() {
        let words = Lazy::from(vec!["one".to_owned(), "two".to_owned()]);
        let bytes: &'static [u8] = postcard::to_allocvec(&words).expect("it freezes").leak();
        let mut thawed: Lazy<Vec<String>> = postcard::from_bytes(bytes).expect("it thaws");
        assert!(thawed.value.get().is_none());
        assert_eq!(thawed, words);
        assert!(thawed.value.get().is_some());
        thawed.push("three".to_owned());
        assert_eq!(thawed.len(), 3);
    }
}
