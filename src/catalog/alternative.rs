use serde::{Deserialize, Serialize};

/// Fields of an object that go together: one of the shapes it may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// Fields that this shape has to have.
    pub needs: Vec<String>,
    /// Fields that it may have beside them.
    pub may: Vec<String>,
}

impl Alternative {
    /// Whether it has a field of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.needs.iter().chain(&self.may).any(|known| known == name)
    }

    /// Fields that it has to have and that are not among those given.
    pub fn lacking<'a>(&'a self, given: &'a [&str]) -> impl Iterator<Item = &'a str> {
        self.needs.iter().map(String::as_str).filter(move |name| !given.contains(name))
    }

    /// The first of those given that are not its own.
    pub fn strange<'a>(&'a self, given: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
        given.iter().copied().filter(|name| !self.has(name))
    }

    /// Of several shapes, the one that is meant: the one to which most of the fields given belong and that lacks fewest.
    #[must_use]
    pub fn meant<'a>(shapes: &'a [Self], given: &[&str]) -> Option<&'a Self> {
        shapes.iter().min_by_key(|shape| (shape.strange(given).count(), shape.lacking(given).count()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_that_fits_best_is_meant() {
        let shape = |needs: &[&str], may: &[&str]| {
            let all = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect();
            Alternative { needs: all(needs), may: all(may) }
        };
        let shapes = [shape(&["number", "country"], &["hours"]), shape(&["link", "text"], &["hours"])];
        let meant = |given: &[&str]| Alternative::meant(&shapes, given).expect("one of them").needs[0].clone();
        assert_eq!((meant(&["text", "hours"]), meant(&["country"])), ("link".into(), "number".into()));
        assert_eq!(shapes[1].lacking(&["text", "hours"]).collect::<Vec<_>>(), ["link"]);
        assert_eq!(shapes[1].strange(&["text", "country"]).collect::<Vec<_>>(), ["country"]);
    }
}
