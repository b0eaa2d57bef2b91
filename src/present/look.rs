use jiff::tz::TimeZone;

/// How answers are to be printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Text for people, or a form for programs.
    pub form: Form,
    /// Only these fields of a record, by their dotted names; empty: all, or those a table usually shows.
    pub fields: Vec<String>,
    /// Columns of the terminal; absent when there is none, and lines may be as long as they like.
    pub width: Option<u16>,
    /// Zone in which people read times; absent: as they came.
    pub zone: Option<TimeZone>,
    /// Print each request as a curl line.
    pub curl: bool,
    /// Print how the phrase was read.
    pub explain: bool,
}

/// Forms in which data is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// For people.
    #[default]
    Table,
    /// Indented JSON: a record, or a list of records.
    Json,
    /// One JSON object a record and line.
    Jsonl,
    /// A header line and one line a record.
    Csv,
    /// YAML: a record, or a list of records.
    Yaml,
}
