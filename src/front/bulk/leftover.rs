use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::rows::FileForm;
use crate::app::UnreadRow;
use crate::front::failed::Failed;
use crate::front::print::complain;
use crate::present::clean;

/// Name of the column that says why.
const WHY: &str = "sayso_error";

/// The file of the rows that failed, in the form of the first, so that it can be given again.
#[derive(Debug)]
pub(super) struct Leftover {
    form: FileForm,
    file: PathBuf,
}

/// The usual name: `contacts.failed.csv` beside `contacts.csv`.
pub(super) fn beside(file: &Path) -> PathBuf {
    let extension = file.extension().and_then(|e| e.to_str()).unwrap_or("csv");
    file.with_extension(format!("failed.{extension}"))
}

impl Leftover {
    /// What is left of a file goes into another.
    pub(super) fn new(source: &Path, file: PathBuf) -> Self {
        Self { form: FileForm::of(&file).or_else(|_| FileForm::of(source)).unwrap_or(FileForm::Jsonl), file }
    }

    /// Writes the rows that failed; nothing when none did.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn write(
        &self,
        failed: &[UnreadRow],
        columns: impl Fn(u64) -> Option<Map<String, Value>>,
    ) -> Result<(), Failed> {
        let rows: Vec<Map<String, Value>> = failed
            .iter()
            .filter_map(|row| {
                let mut columns = columns(row.row)?;
                columns.insert(WHY.to_owned(), clean(&row.why).into());
                Some(columns)
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let text = match self.form {
            FileForm::Jsonl => {
                rows.iter().flat_map(|row| [Value::from(row.clone()).to_string(), "\n".to_owned()]).collect()
            }
            FileForm::Csv => csv(&rows).map_err(Failed::machine)?,
        };
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        // It holds what the first file held: names of people.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&self.file).and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| Failed::machine(format!("`{}` cannot be written: {error}", self.file.display())))?;
        complain(&format!("What failed is in {}; give it to `sayso each` again.\n", self.file.display()));
        Ok(())
    }
}

fn csv(rows: &[Map<String, Value>]) -> Result<String, csv::Error> {
    let mut header: Vec<&String> = Vec::new();
    for name in rows.iter().flat_map(Map::keys) {
        if !header.contains(&name) {
            header.push(name);
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header)?;
    for row in rows {
        writer.write_record(header.iter().map(|name| match row.get(*name) {
            Some(Value::String(text)) => text.clone(),
            None | Some(Value::Null) => String::new(),
            Some(other) => other.to_string(),
        }))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
