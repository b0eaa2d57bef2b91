use crate::intent::Value;

/// A place in the arguments of an operation: a parameter, and the way into its lists and objects.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// Name of the parameter.
    pub parameter: String,
    /// The way in.
    pub path: Vec<SlotKey>,
}

/// One step on the way into a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SlotKey {
    /// Position in a list.
    Index(usize),
    /// Field of an object.
    Field(String),
}

impl Slot {
    /// The parameter itself.
    #[must_use]
    pub fn of(parameter: &str) -> Self {
        Self { parameter: parameter.into(), path: Vec::new() }
    }

    /// One step further in.
    #[must_use]
    pub fn then(&self, key: SlotKey) -> Self {
        let mut path = self.path.clone();
        path.push(key);
        Self { parameter: self.parameter.clone(), path }
    }

    /// The value at the end of the way, inside the value of the parameter.
    pub fn find<'v>(&self, value: &'v mut Value) -> Option<&'v mut Value> {
        self.path.iter().try_fold(value, |value, key| match (key, value) {
            (SlotKey::Index(at), Value::List(values)) => values.get_mut(*at),
            (SlotKey::Field(name), Value::Map(fields)) => fields.iter_mut().find(|(n, _)| n == name).map(|(_, v)| v),
            _ => None,
        })
    }
}
