use serde_json::{Value, json};

use super::behaviour::PageNames;
use super::scope::{dotted, text_of};
use crate::catalog::{Operation, PageAdvance, PageStyle};

/// Which part of a list a request asks for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paging {
    limit: usize,
    offset: usize,
    page: Option<usize>,
    after: Option<String>,
    /// Key of a record that `after` is compared with.
    cursor_key: String,
}

/// One page and what there is to say about it.
#[derive(Debug, PartialEq)]
pub(super) struct Page {
    pub(super) records: Vec<Value>,
    pub(super) total: usize,
    pub(super) more: bool,
    pub(super) offset: usize,
    pub(super) limit: usize,
    /// Key of the last record that says where the next page begins.
    cursor_key: String,
}

const USUAL_LIMIT: usize = 20;

impl Paging {
    /// Reads the paging parameters from `given` (path, query and body in one) by the operation's own page style first,
    /// then by the names the service uses.
    pub(super) fn read(given: &Value, names: &PageNames, style: Option<&PageStyle>, id_key: &str) -> Self {
        let mut paging = Self { limit: USUAL_LIMIT, offset: 0, page: None, after: None, cursor_key: id_key.to_owned() };
        let first = |names: &[String]| names.iter().find_map(|name| dotted(given, name).filter(|v| !v.is_null()));
        let count =
            |names: &[String]| first(names).and_then(text_of).and_then(|text| text.parse::<f64>().ok()).map(whole);
        paging.limit = count(&names.limit).unwrap_or(paging.limit);
        paging.offset = count(&names.offset).unwrap_or(0);
        paging.page = count(&names.page).map(|page| page.saturating_sub(1));
        paging.after = first(&names.after).and_then(last_text);
        if let Some(style) = style {
            paging.read_style(given, style);
        }
        paging
    }

    fn read_style(&mut self, given: &Value, style: &PageStyle) {
        let count = |name: &str| dotted(given, name).and_then(text_of).and_then(|t| t.parse::<f64>().ok()).map(whole);
        if let Some((size, usual)) = &style.size {
            self.limit = count(size).unwrap_or(*usual as usize);
        }
        match &style.advance {
            PageAdvance::Page(name, first) => {
                self.page = count(name).map(|page| page.saturating_sub(*first as usize));
            }
            PageAdvance::Offset(name) => self.offset = count(name).unwrap_or(0),
            PageAdvance::Cursor(pairs) if self.after.is_none() => {
                let given_pair = |(name, place): &(String, String)| Some((dotted(given, name)?.clone(), place.clone()));
                if let Some((value, place)) = pairs.iter().find_map(given_pair) {
                    self.after = last_text(&value);
                    // A cursor that is a list ends with the id; any other is a key of the last record, when it says so.
                    if let (Some(key), false) = (place.strip_prefix("$last."), value.is_array()) {
                        key.clone_into(&mut self.cursor_key);
                    }
                }
            }
            PageAdvance::Single | PageAdvance::Cursor(_) => {}
        }
    }

    /// The asked size of a page.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// Cuts the page out of the whole list.
    pub(super) fn cut(&self, records: Vec<Value>) -> Page {
        let total = records.len();
        let start = match (&self.after, self.page) {
            (Some(after), _) => self.position_after(&records, after),
            (None, Some(page)) => page.saturating_mul(self.limit),
            (None, None) => self.offset,
        };
        let page: Vec<Value> = records.into_iter().skip(start).take(self.limit).collect();
        Page {
            more: start + page.len() < total,
            records: page,
            total,
            offset: start,
            limit: self.limit,
            cursor_key: self.cursor_key.clone(),
        }
    }

    /// All of the list as one page.
    pub(super) fn whole(records: Vec<Value>) -> Page {
        Page { total: records.len(), limit: records.len(), more: false, offset: 0, records, cursor_key: String::new() }
    }

    fn position_after(&self, records: &[Value], after: &str) -> usize {
        let found = |record: &Value| dotted(record, &self.cursor_key).and_then(last_text).as_deref() == Some(after);
        records.iter().position(found).map_or(records.len(), |position| position + 1)
    }
}

impl Page {
    /// What templates may say about the page.
    pub(super) fn facts(&self) -> Value {
        let page = self.offset / self.limit.max(1) + 1;
        json!({
            "total": self.total,
            "count": self.records.len(),
            "more": self.more,
            "page": page,
            "next": if self.more { Value::from(page + 1) } else { Value::Null },
            "previous": if page > 1 { Value::from(page - 1) } else { Value::Null },
            "offset": self.offset,
            "limit": self.limit,
            "cursor": if self.more { self.records.last().and_then(|last| dotted(last, &self.cursor_key)).cloned().unwrap_or_default() } else { Value::Null },
        })
    }
}

/// The page style of an operation, when it has one.
pub(super) fn style_of<'a>(operation: &Operation, styles: &'a [PageStyle]) -> Option<&'a PageStyle> {
    let name = &operation.page.as_ref()?.style;
    styles.iter().find(|style| style.name == *name)
}

fn last_text(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => items.last().and_then(text_of),
        other => text_of(other).filter(|text| !text.is_empty()),
    }
}

fn whole(number: f64) -> usize {
    format!("{:.0}", number.max(0.0)).parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records() -> Vec<Value> {
        (0..7).map(|n| json!({"id": format!("r{n}"), "key": n})).collect()
    }

    fn ids(given: &Value, style: Option<&PageStyle>) -> (String, bool) {
        let list = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect();
        let names = PageNames {
            limit: list(&["limit"]),
            offset: list(&["skip"]),
            page: list(&["page"]),
            after: list(&["after"]),
        };
        let page = Paging::read(given, &names, style, "id").cut(records());
        (page.records.iter().map(|r| r["id"].as_str().unwrap()).collect::<Vec<_>>().join(" "), page.more)
    }

    #[test]
    fn pages_by_every_way() {
        for (given, expected, more) in [
            (json!({}), "r0 r1 r2 r3 r4 r5 r6", false),
            (json!({"limit": "2", "skip": "3"}), "r3 r4", true),
            (json!({"limit": 3, "page": 2}), "r3 r4 r5", true),
            (json!({"limit": 3, "after": "r3"}), "r4 r5 r6", false),
            (json!({"limit": 2, "after": [17, "r0"]}), "r1 r2", true),
            (json!({"after": "gone"}), "", false),
        ] {
            assert_eq!(ids(&given, None), (expected.to_owned(), more), "{given}");
        }
    }

    #[test]
    fn the_style_of_the_operation_wins() {
        let style = |advance| PageStyle {
            name: "s".into(),
            size: Some(("per".into(), 3)),
            advance,
            as_text: false,
            more: None,
            not_with: Vec::new(),
        };
        assert_eq!(ids(&json!({"per": "2", "p": 1}), Some(&style(PageAdvance::Page("p".into(), 0)))).0, "r2 r3");
        let cursor = style(PageAdvance::Cursor(vec![("from".into(), "$last.key".into())]));
        assert_eq!(ids(&json!({"from": 4}), Some(&cursor)).0, "r5 r6");
    }
}
