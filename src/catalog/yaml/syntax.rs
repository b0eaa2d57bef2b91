//! What is wrong with a file as YAML, in the words of somebody who wrote it by hand.

use serde_yaml::{Error, RenderOptions, SnippetMode, UserMessageFormatter};

use super::open::Open;
use super::parse::{span, start_of};
use super::{Report, Span};

/// A finding before it is told.
struct Finding {
    span: Span,
    message: String,
    help: String,
}

/// Reports why a file could not be read.
pub(super) fn syntax(file: u32, text: &str, error: &Error, report: &mut Report) {
    let mut place = error.location().map_or_else(|| start_of(file), |location| span(file, location));
    place.start = offset(text, place);
    let message = told(error);
    let fault = Fault { text, place, message: &message };
    let finding = fault.explained();
    report.error(finding.span, finding.message, "");
    if !finding.help.is_empty() {
        report.help(finding.help);
    }
}

/// The parser's own words, without the place.
fn told(error: &Error) -> String {
    let mut options = RenderOptions::new(&UserMessageFormatter);
    options.snippets = SnippetMode::Off;
    let rendered = error.without_snippet().render_with_options(options);
    let message = rendered.lines().next().unwrap_or("unreadable").trim();
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

/// The byte offset of a place: the parser tells it by line and column alone.
fn offset(text: &str, place: Span) -> u32 {
    let above = (place.line as usize).saturating_sub(1);
    let before: usize = text.split_inclusive('\n').take(above).map(str::len).sum();
    let line = text.get(before..).unwrap_or_default();
    let inside = line.char_indices().nth((place.column as usize).saturating_sub(1)).map_or(line.len(), |(at, _)| at);
    u32::try_from(before + inside).unwrap_or(u32::MAX)
}

struct Fault<'a> {
    text: &'a str,
    place: Span,
    message: &'a str,
}

impl Fault<'_> {
    fn explained(&self) -> Finding {
        self.limit()
            .or_else(|| self.tab())
            .or_else(|| self.unclosed())
            .or_else(|| self.alias())
            .or_else(|| self.colon())
            .or_else(|| self.indentation())
            .unwrap_or_else(|| Finding {
                span: self.place,
                message: format!("this is not YAML: {}", self.message),
                help: self.advice().to_owned(),
            })
    }

    fn advice(&self) -> &'static str {
        let known = [
            ("unexpected character", "remove the control character"),
            ("after single-quoted scalar", "a `'` inside single quotes is written twice: `''`"),
            ("after double-quoted scalar", "a `\"` inside double quotes is written `\\\"`"),
            ("misplaced bracket", "nothing that it could close is open; take it out"),
        ];
        known.iter().find(|(part, _)| self.says(part)).map_or("", |(_, help)| help)
    }

    fn says(&self, part: &str) -> bool {
        self.message.contains(part)
    }

    fn finding(&self, message: &str, help: impl Into<String>) -> Finding {
        Finding { span: self.place, message: message.to_owned(), help: help.into() }
    }

    /// More than is allowed, or what a catalog has no use for.
    fn limit(&self) -> Option<Finding> {
        if self.says("Documents {") {
            return Some(self.finding("a second document begins here", "a file holds one; take the `---` out"));
        }
        if self.says("Depth {") || self.says("recursion limit") {
            return Some(self.finding("this is nested too deeply", "nothing of a catalog needs more than 24 levels"));
        }
        if self.says("limits breached") {
            return Some(self.finding("this file is too large or too complex", "use fewer aliases, or split the file"));
        }
        if self.says("expected string scalar") {
            return Some(self.finding("a key must be a plain text", "lists and maps stand behind the colon"));
        }
        None
    }

    fn tab(&self) -> Option<Finding> {
        let from = (self.place.line as usize).saturating_sub(1);
        let lines = self.text.lines().enumerate().skip(from).take(if self.says("tab") { 3 } else { 1 });
        let indented = |line: &str| line.len() - line.trim_start().len();
        let (number, line) = lines.into_iter().find(|(_, line)| line[..indented(line)].contains('\t'))?;
        let at = line.find('\t')?;
        let span = self.line_span(number, at, indented(line) - at);
        let message = "this line is indented with a tab".to_owned();
        Some(Finding { span, message, help: "YAML is indented with spaces, not tabs".to_owned() })
    }

    /// A quote or a bracket on an earlier line, which the rest of the file was taken for a part of.
    fn unclosed(&self) -> Option<Finding> {
        let offset = self.place.start as usize;
        let open = Open::at(self.text, offset);
        let here = self.text.get(offset..)?.chars().next().filter(|_| self.says("unclosed")).map(|c| (c, offset));
        let (c, at) = here.or(open.quote).or_else(|| open.brackets.last().copied())?;
        let line = self.text.get(..at)?.matches('\n').count();
        if line + 1 >= self.place.line as usize && open.quote.is_none() && here.is_none() {
            return None;
        }
        let column = at - self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let what = if matches!(c, '"' | '\'') { "quote" } else { "bracket" };
        let span = self.line_span(line, column, c.len_utf8());
        let help = if what == "quote" {
            "close it on the same line; a `'` inside single quotes is written twice".to_owned()
        } else {
            let close = if c == '[' { ']' } else { '}' };
            if here.is_some() {
                format!("its `{close}` is missing")
            } else {
                format!("its `{close}` is missing before line {}, column {}", self.place.line, self.place.column)
            }
        };
        Some(Finding { span, message: format!("this {what} is never closed"), help })
    }

    fn alias(&self) -> Option<Finding> {
        if self.says("Recursive reference") {
            return Some(self.finding("this alias stands inside what it stands for", "write the value itself"));
        }
        if !self.says("unknown value") && !self.says("unknown anchor") {
            return None;
        }
        let rest = self.text.get(self.place.start as usize..)?;
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(rest.len());
        let name = rest[..length].trim_start_matches('*');
        let span = Span { length: u32::try_from(length).unwrap_or(0), ..self.place };
        let message = format!("the alias `*{name}` stands for nothing: no value above is marked `&{name}`");
        Some(Finding {
            span,
            message,
            help: "write the value itself, or put a text that begins with `*` in quotes".to_owned(),
        })
    }

    /// A line that reads as a part of the one above: a colon too many, or one too few.
    fn colon(&self) -> Option<Finding> {
        if !self.says("mapping values are not allowed") && !self.says("placement of ':'") {
            return None;
        }
        let at = (self.place.line as usize).checked_sub(1)?;
        let line = self.text.lines().nth(at)?;
        if line.matches(": ").count() > 1 {
            let message = "a `: ` inside a text that is not in quotes";
            return Some(self.finding(message, "put the text in quotes"));
        }
        let (above, text) = self.text.lines().enumerate().take(at).filter(|(_, line)| !is_blank(line)).last()?;
        let indent = text.len() - text.trim_start().len();
        if text.contains(": ") || text.trim_end().ends_with(':') {
            return None;
        }
        let word = text.trim().split(' ').next().unwrap_or_default();
        let span = self.line_span(above, indent, word.len());
        let message = format!("`{word}` has no colon behind it");
        Some(Finding { span, message, help: format!("write it as `{word}: …`") })
    }

    /// A line that stands neither under nor beside what is above it.
    fn indentation(&self) -> Option<Finding> {
        let at = (self.place.line as usize).checked_sub(1)?;
        let line = self.text.lines().nth(at)?;
        let indent = |line: &str| line.len() - line.trim_start().len();
        let own = indent(line);
        let mut levels: Vec<usize> = Vec::new();
        for above in self.text.lines().take(at).filter(|line| !is_blank(line)) {
            levels.retain(|level| *level < indent(above));
            levels.push(indent(above));
        }
        if self.place.column as usize != own + 1 || levels.is_empty() || levels.contains(&own) || is_blank(line) {
            return None;
        }
        let near = levels.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
        let span = self.line_span(at, 0, own.max(1));
        let message = format!("this line is indented by {own} spaces, which fits no line above it");
        Some(Finding { span, message, help: format!("the lines it can stand beside are indented by {near}") })
    }

    /// A stretch of a line (from 0) by byte offsets inside it.
    fn line_span(&self, line: usize, at: usize, length: usize) -> Span {
        let before: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
        let column = self.text.get(before..before + at).map_or(at, |lead| lead.chars().count());
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span {
            file: self.place.file,
            line: narrow(line + 1),
            column: narrow(column + 1),
            start: narrow(before + at),
            length: narrow(length),
        }
    }
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}
