use std::io::{self, BufRead, IsTerminal, Write};

use crate::front::failed::Failed;

/// Longest token that is read, in bytes.
const MOST: u64 = 64 * 1024;

/// Whether somebody is there to be asked.
pub(super) fn somebody() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// A line that the person types; nothing when it is empty.
pub(super) fn line(question: &str) -> Result<Option<String>, Failed> {
    write!(io::stderr(), "{question} ").and_then(|()| io::stderr().flush()).map_err(Failed::machine)?;
    let mut text = String::new();
    io::stdin().lock().read_line(&mut text).map_err(Failed::machine)?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// A secret: typed without being shown, or the first line of standard input where nobody types.
pub(super) fn secret(question: &str) -> Result<String, Failed> {
    let text = if io::stdin().is_terminal() {
        rpassword::prompt_password(format!("{question} ")).map_err(Failed::machine)?
    } else {
        let mut text = String::new();
        io::Read::take(io::stdin().lock(), MOST).read_line(&mut text).map_err(Failed::machine)?;
        text
    };
    let text = text.trim();
    let plain = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    if plain {
        Ok(text.to_owned())
    } else {
        Err(Failed::usage("that is not a token: it must be one word, alone on its line"))
    }
}
