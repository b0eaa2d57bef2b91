use jiff::Zoned;
use serde_json::{Map, Value as Json};

use super::phrase::{Phrase, Piece};
use super::quoting::{Put, Quoted, quoted, unquoted};
use super::shape::{difference, shape};
use crate::app::everywhere::Everywhere;
use crate::app::inner::Inner;
use crate::app::official_first;
use crate::intent::{Context, Memory, Status, Step, Value};
use crate::language::{self, fold};

/// What a row means.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RowReading {
    /// The phrase with the row's values in it.
    pub said: String,
    pub steps: Vec<Step>,
    pub shape: String,
}

impl Inner {
    /// Reads the phrase over a row. Its values cannot change what is done: they stand as quotes or literals when it is
    /// read, and the reading must have the shape of the others.
    pub(super) fn read_row(
        &self,
        phrase: &Phrase,
        columns: &Map<String, Json>,
        now: &Zoned,
        wanted: Option<&str>,
    ) -> Result<RowReading, String> {
        let pieces = phrase.fill(columns)?;
        if wanted.is_none() {
            self.one_at_a_time(&pieces, now)?;
        }
        let first = self.read_pieces(&pieces, Put::Quoted, now, wanted);
        let Err(why) = first else { return first };
        self.read_pieces(&pieces, Put::Bare, now, wanted).map_err(|_| why)
    }

    /// A row is about what it names, in one account.
    fn one_at_a_time(&self, pieces: &[Piece], now: &Zoned) -> Result<(), String> {
        let Ok(Quoted { line, .. }) = quoted(pieces, Put::Quoted, now) else { return Ok(()) };
        if Everywhere::rest_of(self, &line).is_some() {
            return Err(
                "the phrase is for all accounts; rows are done in one at a time, named by --location".to_owned()
            );
        }
        if !matches!(self.select(&line, now), Ok(None)) {
            return Err("the phrase is about all records of a kind; say it once, without a file".to_owned());
        }
        Ok(())
    }

    fn read_pieces(&self, pieces: &[Piece], put: Put, now: &Zoned, wanted: Option<&str>) -> Result<RowReading, String> {
        let quoted = quoted(pieces, put, now)?;
        let utterance = language::read(&quoted.line).map_err(|error| error.to_string())?;
        let (memory, hidden) = (Memory::default(), self.options.allow_undocumented);
        let service = self.options.service.as_deref();
        let context = Context { now, memory: &memory, hidden, service, explain: false };
        let intent = official_first::read(&self.reader, &utterance, &self.catalog, &context);
        if intent.status != Status::Ready || intent.steps.is_empty() {
            let why = if intent.message.is_empty() { "something is missing".to_owned() } else { intent.message };
            return Err(why);
        }
        let mut steps = intent.steps;
        let mut texts = Vec::new();
        for argument in steps.iter_mut().flat_map(|step| &mut step.arguments) {
            unquote(&mut argument.value, &quoted, &mut texts);
        }
        if let Some((_, lost)) = quoted.values.iter().find(|(_, value)| !is_among(value, &quoted, &texts)) {
            return Err(format!("\u{ab}{lost}\u{bb} is not among the values that are read out of it"));
        }
        let shape = shape(&steps, &self.catalog);
        match wanted {
            Some(wanted) if wanted != shape => Err(difference(wanted, &shape)),
            _ => Ok(RowReading { said: said(pieces), steps, shape }),
        }
    }
}

fn unquote(value: &mut Value, quoted: &Quoted, texts: &mut Vec<String>) {
    match value {
        Value::Text(text) | Value::Find(text) => {
            *text = unquoted(text, quoted);
            texts.push(fold(text));
        }
        Value::List(items) => items.iter_mut().for_each(|item| unquote(item, quoted, texts)),
        Value::Map(fields) => fields.iter_mut().for_each(|(_, inner)| unquote(inner, quoted, texts)),
        other => texts.push(fold(&other.to_json().to_string())),
    }
}

/// Whether a value stands in one of the texts, or its words do: a name may have been taken apart.
fn is_among(value: &str, quoted: &Quoted, texts: &[String]) -> bool {
    let value = fold(&unquoted(value, quoted));
    let holds = |part: &str| texts.iter().any(|text| text.contains(part));
    holds(&value) || value.split_whitespace().all(holds)
}

fn said(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Words(text) | Piece::Value(text) => text.as_str(),
        })
        .collect()
}
