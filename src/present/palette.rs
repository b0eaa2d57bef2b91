use anstyle::{AnsiColor, Style};

/// Something succeeded.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// Something went wrong.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// What one may skip.
pub const DIM: Style = Style::new().dimmed();
/// What one looks for.
pub const STRONG: Style = Style::new().bold();

/// The text in that style.
#[must_use]
pub fn painted(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
