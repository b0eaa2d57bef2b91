use serde::{Deserialize, Serialize};

/// How people say one element of a list of objects, by the fields of the object that its parts fill: "2 x boiler service at
/// $120" has a count, words and a price.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Each {
    /// Takes the code of what the words are said of, in front of them; every element must have both.
    pub id: Option<String>,
    /// Takes the words. Without it an element is no more than a price.
    pub text: Option<String>,
    /// Takes the amount of money; every element must have one.
    pub price: Option<String>,
    /// Takes the number in front.
    pub count: Option<String>,
}

impl Each {
    /// Whether an element is words alone, as those of a plain list are.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.id.is_none() && self.price.is_none() && self.count.is_none()
    }
}
