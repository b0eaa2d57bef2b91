use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A list of values of one size, kept as bytes: a frozen one is read where it lies in the program, so that a start pays
/// for the values it looks at and not for the whole list.
#[derive(Clone, PartialEq)]
pub struct Flat<T> {
    bytes: Cow<'static, [u8]>,
    values: PhantomData<T>,
}

/// A value that always takes the same number of bytes.
pub trait Fixed: Sized {
    /// That number.
    const SIZE: usize;

    /// Appends the value.
    fn write(&self, out: &mut Vec<u8>);

    /// Reads it back from at least `SIZE` bytes.
    fn read(bytes: &[u8]) -> Self;
}

/// A [`Flat`] list that is looked at often in a row: it is told once where its bytes lie.
pub struct View<'a, T> {
    bytes: &'a [u8],
    values: PhantomData<T>,
}

impl<T> Clone for View<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for View<'_, T> {}

impl<'a, T: Fixed> View<'a, T> {
    /// The value at a position.
    #[inline]
    pub fn get(self, at: usize) -> Option<T> {
        let bytes = self.bytes.get(at * T::SIZE..)?;
        (bytes.len() >= T::SIZE).then(|| T::read(bytes))
    }

    /// All of them.
    #[inline]
    pub fn iter(self) -> impl ExactSizeIterator<Item = T> + use<'a, T> {
        self.bytes.chunks_exact(T::SIZE).map(T::read)
    }

    /// The values at some positions; those past the end are left out.
    #[inline]
    pub fn range(self, range: Range<usize>) -> impl Iterator<Item = T> + use<'a, T> {
        self.bytes_of(range).chunks_exact(T::SIZE).map(T::read)
    }

    /// The same two by two.
    #[inline]
    pub fn pairs(self, range: Range<usize>) -> impl Iterator<Item = (T, T)> + use<'a, T> {
        self.bytes_of(range).chunks_exact(2 * T::SIZE).map(|pair| (T::read(pair), T::read(&pair[T::SIZE..])))
    }

    /// The values at some positions as a list of their own.
    #[must_use]
    #[inline]
    pub fn part(self, range: Range<usize>) -> Self {
        Self { bytes: self.bytes_of(range), values: PhantomData }
    }

    /// How many values there are.
    #[inline]
    pub fn count(self) -> usize {
        self.bytes.len() / T::SIZE
    }

    fn bytes_of(self, range: Range<usize>) -> &'a [u8] {
        let end = (range.end * T::SIZE).min(self.bytes.len());
        &self.bytes[(range.start * T::SIZE).min(end)..end]
    }
}

impl<T: Fixed> Flat<T> {
    /// The list, to be looked at often in a row.
    #[inline]
    pub fn view(&self) -> View<'_, T> {
        View { bytes: &self.bytes, values: PhantomData }
    }

    /// How many values there are.
    #[inline]
    pub fn count(&self) -> usize {
        self.bytes.len() / T::SIZE
    }

    /// The value at a position.
    #[inline]
    pub fn get(&self, at: usize) -> Option<T> {
        let start = at.checked_mul(T::SIZE)?;
        self.bytes.get(start..start.checked_add(T::SIZE)?).map(T::read)
    }

    /// The values at some positions; those past the end are left out.
    #[inline]
    pub fn range(&self, range: Range<usize>) -> impl ExactSizeIterator<Item = T> + '_ {
        let end = range.end.min(self.count());
        let start = range.start.min(end);
        self.bytes[start * T::SIZE..end * T::SIZE].chunks_exact(T::SIZE).map(T::read)
    }

    /// Those of the values at some positions that are wanted by their bytes: no other is read.
    #[inline]
    pub fn range_where(&self, range: Range<usize>, wanted: impl Fn(&[u8]) -> bool) -> impl Iterator<Item = T> {
        let end = range.end.min(self.count());
        let start = range.start.min(end);
        let values = self.bytes[start * T::SIZE..end * T::SIZE].chunks_exact(T::SIZE);
        values.filter(move |bytes| wanted(bytes)).map(T::read)
    }

    /// The value whose key is the one wanted, in a list sorted by key.
    #[inline]
    pub fn find<K: Ord>(&self, wanted: &K, key: impl Fn(&T) -> K) -> Option<T> {
        self.get(self.position(wanted, key)?)
    }

    /// Where values whose key is the one wanted begin, in a list sorted by key; where they would, when there is none.
    #[inline]
    pub fn first_of<K: Ord>(&self, wanted: &K, key: impl Fn(&T) -> K) -> usize {
        let (mut low, mut high) = (0, self.count());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.get(middle).is_some_and(|value| key(&value) < *wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Where the value stands whose key is the one wanted, in a list sorted by key.
    #[inline]
    pub fn position<K: Ord>(&self, wanted: &K, key: impl Fn(&T) -> K) -> Option<usize> {
        let (mut low, mut high) = (0, self.count());
        while low < high {
            let middle = usize::midpoint(low, high);
            let value = self.get(middle)?;
            match key(&value).cmp(wanted) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }
}

impl<T: Fixed> Flat<(u32, T)> {
    /// The values of a key at some positions; no other is read.
    #[inline]
    pub fn range_of(&self, range: Range<usize>, key: u32) -> impl Iterator<Item = T> + '_ {
        self.range_where(range, move |pair| u32::read(pair) == key).map(|(_, value)| value)
    }
}

impl<T: Fixed> FromIterator<T> for Flat<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut bytes = Vec::new();
        values.into_iter().for_each(|value| value.write(&mut bytes));
        Self { bytes: Cow::Owned(bytes), values: PhantomData }
    }
}

impl<T> Default for Flat<T> {
    fn default() -> Self {
        Self { bytes: Cow::Borrowed(&[]), values: PhantomData }
    }
}

impl<T> fmt::Debug for Flat<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flat({} bytes)", self.bytes.len())
    }
}

impl<T> Serialize for Flat<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.bytes)
    }
}

impl<'de: 'static, T: Fixed> Deserialize<'de> for Flat<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = deserializer.deserialize_bytes(Borrowed)?;
        if bytes.len() % T::SIZE != 0 {
            return Err(D::Error::custom("a flat list was cut"));
        }
        Ok(Self { bytes: Cow::Borrowed(bytes), values: PhantomData })
    }
}

/// Reads a text where it lies in the program.
///
/// # Errors
/// When there is none.
pub fn in_place<'de: 'static, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'static, str>, D::Error> {
    <&'de str>::deserialize(deserializer).map(Cow::Borrowed)
}

struct Borrowed;

impl<'de: 'static> Visitor<'de> for Borrowed {
    type Value = &'static [u8];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes of the program")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(bytes)
    }
}

impl Fixed for u32 {
    const SIZE: usize = 4;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        bytes.first_chunk().map_or(0, |b| Self::from_le_bytes(*b))
    }
}

impl Fixed for u16 {
    const SIZE: usize = 2;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        bytes.first_chunk().map_or(0, |b| Self::from_le_bytes(*b))
    }
}

impl Fixed for u128 {
    const SIZE: usize = 16;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        bytes.first_chunk().map_or(0, |b| Self::from_le_bytes(*b))
    }
}

impl Fixed for u64 {
    const SIZE: usize = 8;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        bytes.first_chunk().map_or(0, |b| Self::from_le_bytes(*b))
    }
}

impl<A: Fixed, B: Fixed> Fixed for (A, B) {
    const SIZE: usize = A::SIZE + B::SIZE;

    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        (A::read(bytes), B::read(bytes.get(A::SIZE..).unwrap_or(&[])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back() {
        let list: Flat<(u32, u16)> = [(1, 2), (70_000, 9), (u32::MAX, u16::MAX)].into_iter().collect();
        assert_eq!((list.count(), list.get(1), list.get(3)), (3, Some((70_000, 9)), None));
        assert_eq!(list.range(1..9).collect::<Vec<_>>(), [(70_000, 9), (u32::MAX, u16::MAX)]);
        assert_eq!(list.find(&70_000, |(key, _)| *key), Some((70_000, 9)));
        assert_eq!(list.find(&5, |(key, _)| *key), None);
    }

    #[test]
    fn frozen_values_are_read_in_place() {
        let list: Flat<u32> = (0..100).collect();
        let bytes: &'static [u8] = postcard::to_allocvec(&list).expect("it freezes").leak();
        let thawed: Flat<u32> = postcard::from_bytes(bytes).expect("it thaws");
        assert_eq!(thawed, list);
        assert!(matches!(thawed.bytes, Cow::Borrowed(_)));
    }
}
