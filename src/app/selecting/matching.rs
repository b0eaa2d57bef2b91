use serde_json::Value as Json;

use crate::plan::{dotted, fold, plain_text};

/// Whether a record holds every value that is asked for, upper and lower case alike: as the whole of what stands at the
/// key, or as one of a list there.
pub(super) fn holds(record: &Json, wanted: &[(String, String)]) -> bool {
    wanted.iter().all(|(key, value)| {
        let value = fold(value);
        let same = |found: &Json| plain_text(found).is_some_and(|text| fold(&text) == value);
        match dotted(record, key) {
            Some(Json::Array(items)) => items.iter().any(same),
            Some(one) => same(one),
            None => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_the_whole_or_one_of_a_list() {
        let record = json!({"tags": ["Lead", "hot"], "address": {"city": "Troy"}, "n": 3});
        let holds = |key: &str, value: &str| holds(&record, &[(key.to_owned(), value.to_owned())]);
        assert!(holds("tags", "lead") && holds("address.city", "troy") && holds("n", "3"));
        assert!(!holds("tags", "lea") && !holds("address.city", "Tro") && !holds("absent", ""));
    }
}
