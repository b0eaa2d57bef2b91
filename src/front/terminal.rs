use std::io::{self, IsTerminal};

/// Columns of the terminal that standard output is; nothing when it is none.
pub(super) fn width() -> Option<u16> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let columns = rustyline::DefaultEditor::new().ok()?.dimensions()?.0;
    Some(columns).filter(|columns| *columns > 0)
}
