use comfy_table::{ContentArrangement, Table, presets::NOTHING};
use serde_json::Value;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Look, STRONG, cell, clean, painted, pick};
use crate::execute::Shown;

/// Columns of a table when neither the person nor the catalog names any.
const USUAL_COLUMNS: usize = 6;

/// The records as a table, one line each where the width allows; the fields asked for in the place of the usual columns.
pub(super) fn table(shown: &Shown, look: &Look) -> String {
    let zone = look.zone.as_ref();
    let columns = columns(shown, &look.fields);
    if columns.is_empty() {
        return shown.records.iter().map(|record| cell::plain(record, zone) + "\n").collect();
    }
    let mut table = Table::new();
    table.load_style(NOTHING);
    if let Some(width) = look.width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table.set_header(columns.iter().map(|column| clean(column)));
    for record in shown.records.iter() {
        table.add_row(
            columns
                .iter()
                .map(|column| pick::at(record, column).map_or_else(String::new, |value| cell::cell(value, zone))),
        );
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let text: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    text.iter()
        .enumerate()
        .map(|(at, line)| if at == 0 { painted(STRONG, line) } else { line.clone() } + "\n")
        .collect()
}

/// Columns and widths of a table whose rows come little by little.
#[derive(Debug)]
pub(super) struct Layout {
    columns: Vec<String>,
    widths: Vec<u16>,
}

impl Layout {
    /// The layout that the first records of a list suggest.
    pub(super) fn of(first: &Shown, look: &Look) -> Self {
        let columns = columns(first, &look.fields);
        let widest = |column: &String| {
            let cells = first.records.iter().map(|record| width(&text(record, column, look)));
            cells.chain([width(&clean(column))]).max().unwrap_or(0)
        };
        let mut widths: Vec<u16> = columns.iter().map(widest).collect();
        let gaps = u16::try_from(columns.len() * 2).unwrap_or(u16::MAX);
        if let Some(room) = look.width.map(|width| width.saturating_sub(gaps)) {
            narrow(&mut widths, room);
        }
        Self { columns, widths }
    }

    pub(super) fn header(&self) -> String {
        painted(STRONG, &self.line(self.columns.iter().map(|column| clean(column)))) + "\n"
    }

    pub(super) fn rows(&self, records: &[Value], look: &Look) -> String {
        let row = |record: &Value| self.line(self.columns.iter().map(|column| text(record, column, look))) + "\n";
        records.iter().map(row).collect()
    }

    fn line(&self, cells: impl Iterator<Item = String>) -> String {
        let fitted = cells.zip(&self.widths).map(|(text, widest)| {
            let text = cut(text, *widest);
            let gap = usize::from(widest.saturating_sub(width(&text)));
            text + &" ".repeat(gap + 2)
        });
        fitted.collect::<String>().trim_end().to_owned()
    }
}

fn text(record: &Value, column: &str, look: &Look) -> String {
    pick::at(record, column).map_or_else(String::new, |value| cell::cell(value, look.zone.as_ref()))
}

fn width(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// The text in so many columns of the terminal.
fn cut(text: String, widest: u16) -> String {
    if width(&text) <= widest {
        return text;
    }
    let mut out = String::new();
    for c in text.chars() {
        if width(&out).saturating_add(u16::try_from(c.width().unwrap_or(0)).unwrap_or(0)) >= widest {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// Takes from the widest columns until all have room.
fn narrow(widths: &mut [u16], room: u16) {
    while widths.iter().map(|w| u32::from(*w)).sum::<u32>() > u32::from(room) {
        let Some(widest) = widths.iter_mut().max().filter(|w| **w > 4) else { return };
        *widest -= 1;
    }
}

fn columns(shown: &Shown, fields: &[String]) -> Vec<String> {
    if !fields.is_empty() {
        return fields.to_vec();
    }
    let filled = |column: &&String| shown.records.iter().any(|record| pick::at(record, column).is_some());
    let named: Vec<String> = shown.columns.iter().filter(filled).cloned().collect();
    if named.is_empty() { usual(&shown.records) } else { named }
}

/// The first few fields that hold something simple, in the order in which the records have them.
fn usual(records: &[Value]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (key, value) in records.iter().filter_map(Value::as_object).flatten() {
        if cell::is_scalar(value) && !cell::is_blank(value) && !found.contains(key) {
            found.push(key.clone());
        }
    }
    found.truncate(USUAL_COLUMNS);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn shown(columns: &[&str]) -> Shown {
        Shown {
            count: 2,
            records: vec![
                json!({"id": "1", "name": "Ann\u{1b}[1m", "at": {"city": "Rome"}}),
                json!({"id": "22", "name": null}),
            ]
            .into(),
            many: true,
            resource: None,
            columns: columns.iter().map(ToString::to_string).collect(),
            labels: Vec::new(),
            total: None,
            more: false,
        }
    }

    fn bare(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn columns_come_from_the_person_then_the_catalog_then_the_records() {
        let named = shown(&["name", "nothing"]);
        let asked = Look { fields: vec!["at.city".into(), "id".into()], ..Look::default() };
        assert_eq!(bare(&table(&named, &Look::default())), "name\nAnn\\u{1b}[1m\n\n");
        assert_eq!(bare(&table(&named, &asked)), "at.city  id\nRome     1\n         22\n");
        assert_eq!(bare(&table(&shown(&[]), &Look::default())), "id  name\n1   Ann\\u{1b}[1m\n22\n");
    }

    #[test]
    fn a_narrow_terminal_wraps_cells_rather_than_lines() {
        let narrow = Look { width: Some(10), ..Look::default() };
        let text = bare(&table(&shown(&["id", "name"]), &narrow));
        assert!(text.lines().all(|line| line.chars().count() <= 10), "{text}");
    }
}
