use serde_json::Value;

use super::pick;

/// Records as CSV, under a header of these columns.
pub(super) fn csv(records: &[Value], columns: &[String]) -> String {
    if columns.is_empty() {
        return String::new();
    }
    let header = std::iter::once(columns.iter().map(|column| guarded(&super::clean_lines(column))).collect());
    written(header.chain(rows(records, columns)))
}

/// Records as CSV without a header.
pub(super) fn csv_rows(records: &[Value], columns: &[String]) -> String {
    if columns.is_empty() { String::new() } else { written(rows(records, columns)) }
}

/// Every key of the records, in the order in which they turn up.
pub(super) fn all_columns(records: &[Value]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for key in records.iter().filter_map(Value::as_object).flat_map(|record| record.keys()) {
        if !found.contains(key) {
            found.push(key.clone());
        }
    }
    found
}

fn rows<'r>(records: &'r [Value], columns: &'r [String]) -> impl Iterator<Item = Vec<String>> + 'r {
    records.iter().map(|record| columns.iter().map(|column| cell(record, column)).collect())
}

fn written(rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        if writer.write_record(row).is_err() {
            return String::new();
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn cell(record: &Value, column: &str) -> String {
    match pick::at(record, column) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => guarded(&super::clean_lines(text)),
        Some(number @ Value::Number(_)) => number.to_string(),
        Some(other) => guarded(&super::cell::plain(other, None)),
    }
}

/// The text with an apostrophe before it when a spreadsheet would take it for a formula: records come from strangers,
/// and a formula can send away what stands beside it. Numbers and phone numbers are left as they are.
fn guarded(text: &str) -> String {
    const STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if text.trim_start_matches([' ', '\n']).starts_with(STARTS) && !is_number(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let phone = || text.starts_with('+') && text.chars().skip(1).all(|c| c.is_ascii_digit() || " ().-".contains(c));
    (text.parse::<f64>().is_ok() && digits > 0) || (digits >= 7 && phone())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_formula_is_taken_for_text() {
        for text in ["=1+1", "+1-1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", " =1", "\u{ff1d}1", "+1-SUM(A1)"] {
            assert!(guarded(text).starts_with('\''), "{text:?}");
        }
    }

    #[test]
    fn numbers_and_phone_numbers_are_left_as_they_are() {
        for text in ["+15550102031", "+1 (555) 010-2031", "-12.5", "+3", "1-2", "a=b", "x@y.z", ""] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn keys_are_no_formulas_either() {
        let records = [json!({"=evil()": "=1"})];
        assert_eq!(csv(&records, &all_columns(&records)), "'=evil()\n'=1\n");
    }

    proptest! {
        #[test]
        fn no_cell_begins_a_formula(text in any::<String>(), start in prop::sample::select(vec!["=", "+", "-", "@", ""])) {
            let shown = guarded(&format!("{start}{text}"));
            let begins = shown.starts_with(['=', '+', '-', '@', '\t', '\r']);
            prop_assert!(!begins || is_number(&shown), "{shown:?}");
        }
    }
}
