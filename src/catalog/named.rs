use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

use super::flat::{Flat, in_place};
use super::frame::word_mark;
use super::lazy::Lazy;

/// Values by name, in the order of the YAML, each decoded when it is first looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Deserialize<'static> + Serialize", deserialize = "'de: 'static"))]
pub struct Named<T: Deserialize<'static>> {
    values: Vec<(Name, Lazy<T>)>,
    /// Where the value of each name stands, or [`FREE`]: a name is looked for from the place that its mark tells, on to the
    /// first free one.
    places: Flat<u16>,
}

/// A place that no name has.
const FREE: u16 = u16::MAX;

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
        let count = self.places.count();
        // A power of two, so that no division is needed where every line asks for a hundred names.
        let within = count.wrapping_sub(1);
        let first = usize::from(word_mark(name));
        for nth in 0..count {
            let place = self.places.get((first + nth) & within).filter(|place| *place != FREE)?;
            let (known, value) = self.values.get(usize::from(place))?;
            if known.0 == name {
                return Some(value);
            }
        }
        None
    }

    /// All values, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> {
        self.values.iter().map(|(_, value)| &**value)
    }
}

impl<T: Deserialize<'static>> FromIterator<(String, T)> for Named<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(values: I) -> Self {
        let values: Vec<(Name, Lazy<T>)> =
            values.into_iter().map(|(name, value)| (Name(name.into()), value.into())).collect();
        let count = (2 * values.len() + 1).next_power_of_two();
        let mut places = vec![FREE; count];
        for (at, (name, _)) in (0..FREE).zip(&values) {
            let mut place = usize::from(word_mark(&name.0)) % count;
            while places[place] != FREE {
                place = (place + 1) % count;
            }
            places[place] = at;
        }
        Self { values, places: places.into_iter().collect() }
    }
}

impl<T: Deserialize<'static>> Default for Named<T> {
    fn default() -> Self {
        Self { values: Vec::new(), places: Flat::default() }
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
