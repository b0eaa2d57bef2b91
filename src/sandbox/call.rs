use serde_json::{Map, Value};

/// A request as it arrived, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Method in capitals.
    pub method: String,
    /// Path as it was sent, still encoded, without the query.
    pub path: String,
    /// Query string as it was sent.
    pub raw_query: String,
    /// Query parameters in order, decoded.
    pub query: Vec<(String, String)>,
    /// Headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body as it was sent.
    pub body: Vec<u8>,
}

impl Call {
    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The query as an object: a name given twice, or written `name[]`, is a list.
    pub fn query_object(&self) -> Map<String, Value> {
        let mut object = Map::new();
        for (name, value) in &self.query {
            let (name, listed) = name.strip_suffix("[]").map_or((name.as_str(), false), |bare| (bare, true));
            let value = Value::String(value.clone());
            match object.get_mut(name) {
                Some(Value::Array(values)) => values.push(value),
                Some(first) => *first = Value::Array(vec![first.take(), value]),
                None if listed => drop(object.insert(name.to_owned(), Value::Array(vec![value]))),
                None => drop(object.insert(name.to_owned(), value)),
            }
        }
        object
    }
}
