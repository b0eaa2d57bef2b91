use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde_json::{Map, Value};

use crate::app::{SourceRow, UnreadRow};

/// Longest file, in bytes: it is held whole.
const LONGEST: u64 = 256 * 1024 * 1024;

/// The rows of a file.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Rows with their columns.
    pub read: Vec<SourceRow>,
    /// Rows that are none.
    pub broken: Vec<UnreadRow>,
}

/// Forms of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileForm {
    /// A header line, then one row a line.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

impl FileForm {
    /// The form that a file's name says.
    ///
    /// # Errors
    /// When it says none.
    pub(super) fn of(file: &Path) -> Result<Self, String> {
        match file.extension().and_then(|e| e.to_str()).map(str::to_lowercase).as_deref() {
            Some("csv") => Ok(Self::Csv),
            Some("jsonl" | "ndjson") => Ok(Self::Jsonl),
            _ => Err(format!("`{}` is neither .csv nor .jsonl", file.display())),
        }
    }
}

/// Reads a file.
///
/// # Errors
/// When it cannot be read, is too long, or its header names a column twice.
pub(super) fn rows(file: &Path) -> Result<Rows, String> {
    let wrong = |error: std::io::Error| format!("`{}` cannot be read: {error}", file.display());
    let form = FileForm::of(file)?;
    let opened = File::open(file).map_err(wrong)?;
    if opened.metadata().map_err(wrong)?.len() > LONGEST {
        return Err(format!("`{}` is longer than {} MiB", file.display(), LONGEST / 1024 / 1024));
    }
    match form {
        FileForm::Csv => csv(opened.take(LONGEST)).map_err(|why| format!("`{}`: {why}", file.display())),
        FileForm::Jsonl => jsonl(BufReader::new(opened.take(LONGEST))).map_err(wrong),
    }
}

fn csv(input: impl Read) -> Result<Rows, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::Headers).from_reader(input);
    let header: Vec<String> = reader
        .headers()
        .map_err(|error| error.to_string())?
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').to_owned())
        .collect();
    if let Some(twice) = header.iter().enumerate().find(|(at, name)| header[..*at].contains(name)) {
        return Err(format!("the header names the column `{}` twice", twice.1));
    }
    let mut rows = Rows::default();
    for (number, record) in (1..).zip(reader.records()) {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                rows.broken.push(UnreadRow { row: number, why: error.to_string() });
                continue;
            }
        };
        if record.len() != header.len() {
            let why = format!("it has {} cells, the header {}", record.len(), header.len());
            rows.broken.push(UnreadRow { row: number, why });
            continue;
        }
        let columns = header.iter().cloned().zip(record.iter().map(Value::from)).collect();
        rows.read.push(SourceRow { number, columns });
    }
    Ok(rows)
}

fn jsonl(input: impl BufRead) -> std::io::Result<Rows> {
    let mut rows = Rows::default();
    for (number, line) in (1..).zip(input.split(b'\n')) {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<Map<String, Value>>(&line) {
            Ok(columns) => rows.read.push(SourceRow { number, columns }),
            Err(error) => rows.broken.push(UnreadRow { row: number, why: format!("it is no JSON object: {error}") }),
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_both_forms_are_numbered_from_one() {
        let rows = csv("\u{feff}name, tag\nJane,\"a,b\"\nonly\nJoe,\n".as_bytes()).expect("rows");
        let numbers: Vec<u64> = rows.read.iter().map(|row| row.number).collect();
        assert_eq!((numbers, rows.broken[0].row), (vec![1, 3], 2));
        assert_eq!(rows.read[0].columns["tag"], "a,b");
        let rows = jsonl(&b"{\"name\": \"Jane\"}\n\n[1]\n{\"name\": 3}\n"[..]).expect("rows");
        let numbers: Vec<u64> = rows.read.iter().map(|row| row.number).collect();
        assert_eq!((numbers, rows.broken[0].row), (vec![1, 4], 3));
    }

    #[test]
    fn a_column_that_is_named_twice_is_refused() {
        assert!(csv("a,a\n1,2\n".as_bytes()).expect_err("twice").contains("`a` twice"));
    }
}
