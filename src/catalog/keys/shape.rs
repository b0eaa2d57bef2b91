use super::Section;

/// What the value of a key may be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Nothing at all.
    Nothing,
    /// A scalar, taken as it is written.
    Text,
    /// A text that is this word.
    Word(&'static str),
    /// A text that fits a regular expression, given with what people call it.
    Fitting(&'static str, &'static str),
    /// A text that is a regular expression.
    Regex,
    /// A text with `{{ … }}` in it, or a plain one.
    Template,
    /// A text that names something of that kind, declared elsewhere.
    Name(&'static str),
    /// The same, or a list of such names.
    Names(&'static str),
    /// `true` or `false`.
    Flag,
    /// Any number.
    Number,
    /// A whole number, not below zero.
    Whole,
    /// Any scalar, list or map.
    Literal,
    /// Any map.
    Object,
    /// One of these words.
    Choice(fn() -> Vec<&'static str>),
    /// A text or a list of them.
    Texts,
    /// The same, where neither case nor white space matters.
    Words,
    /// A phrase pattern, or a list of them.
    Patterns,
    /// The type of a parameter.
    Type,
    /// A list of these.
    List(&'static Shape),
    /// A map from what is said to these.
    Map(&'static str, &'static Shape),
    /// A map with known keys.
    Section(&'static Section),
    /// One of several.
    Either(&'static [Shape]),
}

impl Shape {
    /// How the documentation calls it.
    pub fn told(&self) -> String {
        match self {
            Self::Nothing => "nothing".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Word(word) => format!("`{word}`"),
            Self::Fitting(_, what) => (*what).to_owned(),
            Self::Regex => "regex".to_owned(),
            Self::Template => "template".to_owned(),
            Self::Name(what) => format!("{what} name"),
            Self::Names(what) => format!("{what} name or list"),
            Self::Flag => "bool".to_owned(),
            Self::Number => "number".to_owned(),
            Self::Whole => "whole number".to_owned(),
            Self::Literal => "literal".to_owned(),
            Self::Object => "map".to_owned(),
            Self::Choice(words) => quoted(&words()),
            Self::Texts => "text or list".to_owned(),
            Self::Words => "words".to_owned(),
            Self::Patterns => "pattern or list".to_owned(),
            Self::Type => "[type](#types)".to_owned(),
            Self::List(shape) => format!("list of {}", shape.told()),
            Self::Map(key, shape) => format!("map: {key} → {}", shape.told()),
            Self::Section(section) => format!("[{}](#{})", section.name, anchor(section.heading)),
            Self::Either(shapes) => {
                let all: Vec<String> = shapes.iter().filter(|s| !matches!(s, Self::Nothing)).map(Self::told).collect();
                all.join(" or ")
            }
        }
    }

    /// Whether several values may stand there, so that a layer may add to those below.
    pub fn is_list(&self) -> bool {
        match self {
            Self::Names(_) | Self::Texts | Self::Words | Self::Patterns | Self::List(_) => true,
            Self::Either(shapes) => shapes.iter().any(Self::is_list),
            _ => false,
        }
    }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The address of a heading in Markdown.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')).collect::<String>().replace(' ', "-")
}
