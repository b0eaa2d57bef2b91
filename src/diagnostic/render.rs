use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Place, Severity, Sources};

/// All findings for people: the sentence, `file:line:col`, the line with carets, the advice; a blank line between two.
///
/// A place whose text is not among the sources is shown without its line.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(120);
    let shown: Vec<String> = diagnostics.iter().map(|d| one(d, sources, &renderer)).collect();
    let mut out = shown.join("\n\n");
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// All findings for editors and scripts: `file:line:col: severity: message`, one a line.
pub fn lines(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(line).collect()
}

fn line(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    match &diagnostic.place {
        Some(place) => format!("{}:{}:{}: {severity}: {}\n", place.file, place.line, place.column, diagnostic.message),
        None => format!("{severity}: {}\n", diagnostic.message),
    }
}

fn one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()));
    if let Some(place) = &diagnostic.place {
        group = located(group, place, sources.text(&place.file));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

fn located<'a>(group: Group<'a>, place: &'a Place, text: Option<&'a str>) -> Group<'a> {
    let Some((line, span)) = text.and_then(|text| line_of(text, place)) else {
        return group.element(Origin::path(place.file.as_str()).line(place.line).char_column(place.column));
    };
    let mut annotation = AnnotationKind::Primary.span(span);
    if !place.label.is_empty() {
        annotation = annotation.label(place.label.as_str());
    }
    group.element(
        Snippet::source(line).line_start(place.line).path(place.file.as_str()).fold(true).annotation(annotation),
    )
}

/// The line that a place starts in, and the part of it that is meant; `None` when the place is not in the text.
fn line_of<'a>(text: &'a str, place: &Place) -> Option<(&'a str, std::ops::Range<usize>)> {
    let line = text.lines().nth(place.line.checked_sub(1)?)?;
    let start = line.char_indices().nth(place.column.checked_sub(1)?).map_or(line.len(), |(at, _)| at);
    let meant = text.get(place.start..place.start.saturating_add(place.length)).unwrap_or("");
    let length = meant.lines().next().map_or(0, |first| first.trim_end().len());
    Some((line, start..(start + length).min(line.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding() -> Diagnostic {
        let place = Place { file: "a.yaml".into(), line: 2, column: 3, start: 7, length: 5, label: "here".into() };
        Diagnostic::error("unknown key `titel`").at(place).help("did you mean `title`?")
    }

    #[test]
    fn carets_stand_under_what_is_meant() {
        let sources: Sources = [("a.yaml", "one:\n  titel: x\n")].into_iter().collect();
        let shown = render(&[finding()], &sources, false);
        assert!(shown.contains("--> a.yaml:2:3"), "{shown}");
        assert!(shown.contains("  ^^^^^ here"), "{shown}");
        assert!(shown.contains("did you mean `title`?"), "{shown}");
    }

    #[test]
    fn a_text_that_is_not_at_hand_leaves_the_place() {
        let shown = render(&[finding()], &Sources::new(), false);
        assert!(shown.contains("--> a.yaml:2:3"), "{shown}");
    }

    #[test]
    fn one_line_for_editors() {
        assert_eq!(lines(&[finding()]), "a.yaml:2:3: error: unknown key `titel`\n");
    }
}
