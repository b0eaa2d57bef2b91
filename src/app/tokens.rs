use std::fs;
use std::path::Path;

use super::{EngineOptions, keyring};
use crate::execute::Secret;
use crate::profile::TokenSource;

/// Longest file that may be a token, in bytes.
const MOST: u64 = 64 * 1024;

/// A token from where it is kept; else what is wrong, and what to do.
pub(super) fn read(source: &TokenSource, options: &EngineOptions) -> Result<Secret, (String, String)> {
    let told = source.told();
    let text = match source {
        TokenSource::Env(name) => options
            .environment
            .get(name)
            .map(str::to_owned)
            .ok_or_else(|| (format!("{told} is not set"), "Set it, or put the token into a file.".to_owned()))?,
        TokenSource::File { path, shared } => {
            let file = options.access.folder.join(path);
            if !shared {
                private(&file)?;
            }
            file_text(&file).map_err(|why| (format!("{told} cannot be read: {why}"), again(options)))?
        }
        TokenSource::Keyring(name) => {
            keyring::get(name).map_err(|why| (format!("{told} cannot be read: {why}"), again(options)))?
        }
    };
    let token = text.trim();
    if token.is_empty() || token.contains(char::is_whitespace) {
        return Err((format!("{told} does not hold a token alone"), again(options)));
    }
    Ok(Secret::new(token))
}

fn again(options: &EngineOptions) -> String {
    let name = options.access.profile.as_ref().map_or("NAME", |profile| profile.name.as_str());
    format!("Put it there again with `sayso setup --profile {name}`.")
}

fn file_text(file: &Path) -> std::io::Result<String> {
    if fs::metadata(file)?.len() > MOST {
        return Err(std::io::Error::other("it is too long for a token"));
    }
    fs::read_to_string(file)
}

/// Others on the machine must not be able to read or change it.
#[cfg(unix)]
fn private(file: &Path) -> Result<(), (String, String)> {
    use std::os::unix::fs::PermissionsExt;
    let open = fs::metadata(file).is_ok_and(|found| found.permissions().mode() & 0o077 != 0);
    if !open {
        return Ok(());
    }
    let shown = file.display();
    Err((
        format!("the token file {shown} can be read or changed by others on this machine"),
        format!("Close it with `chmod 600 {shown}`, or write `shared: true` beside it in the profile."),
    ))
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), (String, String)> {
    Ok(())
}
