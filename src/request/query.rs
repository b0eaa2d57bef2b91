use serde_json::Value;

/// A value in the query: a list repeats the name, an object is JSON, null says nothing.
pub(super) fn query_pairs(name: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().flat_map(|v| query_pairs(name, v)).collect(),
        Value::String(text) => vec![(name.to_owned(), text.clone())],
        other => vec![(name.to_owned(), other.to_string())],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_repeat_the_name() {
        let pair = |n: &str, v: &str| (n.to_owned(), v.to_owned());
        assert_eq!(query_pairs("a", &json!(["x", 2])), [pair("a", "x"), pair("a", "2")]);
        assert_eq!(query_pairs("a", &json!({"b": true})), [pair("a", "{\"b\":true}")]);
        assert!(query_pairs("a", &json!(null)).is_empty());
    }

    proptest! {
        #[test]
        fn no_value_breaks_out_of_its_place(value in any::<String>()) {
            let mut text = url::form_urlencoded::Serializer::new(String::new());
            text.extend_pairs(query_pairs("a", &json!(value.clone())));
            text.append_pair("z", "last");
            let url = url::Url::parse(&format!("https://x.test/p?{}", text.finish())).expect("an address");
            let back: Vec<(String, String)> = url.query_pairs().into_owned().collect();
            prop_assert_eq!(back, vec![("a".to_owned(), value), ("z".to_owned(), "last".to_owned())]);
            prop_assert!(url.fragment().is_none());
        }
    }
}
