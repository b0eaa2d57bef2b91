use std::fs;
use std::path::Path;

use super::read::profile_in_use;
use crate::app::{ExitCode, keyring};
use crate::front::cli::Options;
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::print::out;
use crate::front::setup;
use crate::profile::{Profile, TokenSource};

/// `sayso logout`: forgets the tokens of a profile that are kept here: those of its logins, and those that `sayso setup`
/// put into a file or the keyring. The profile itself stays.
pub(in crate::front) fn logout(options: &Options) -> Result<ExitCode, Failed> {
    let paths = Paths::of_user();
    let catalog = setup::catalog(options, &paths)?;
    let Some(profile) = profile_in_use(options, &paths, &catalog)? else {
        return Err(Failed::usage("which profile? Name one with --profile"));
    };
    let engine = setup::reader(options, catalog, &paths)?;
    let mut forgotten = engine.log_out().map_err(Failed::machine)?;
    let folder = paths.profiles.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    for source in sources(&profile) {
        forgotten += usize::from(forget(source, folder)?);
    }
    let tokens = if forgotten == 1 { "token is" } else { "tokens are" };
    out(&format!(
        "{forgotten} {tokens} forgotten here; the service takes them until they expire or are revoked there.\n"
    ));
    Ok(ExitCode::Done)
}

fn sources(profile: &Profile) -> impl Iterator<Item = &TokenSource> {
    profile.services.iter().flat_map(|access| {
        let own = access.accounts.iter().filter_map(|account| account.token.as_ref());
        own.chain(&access.tokens).map(|place| &place.source)
    })
}

/// Only what was put there by `sayso setup`: a file that the person keeps elsewhere is theirs.
fn forget(source: &TokenSource, folder: &Path) -> Result<bool, Failed> {
    match source {
        TokenSource::File { path, .. } if path.parent() == Some(Path::new("tokens")) => {
            match fs::remove_file(folder.join(path)) {
                Ok(()) => Ok(true),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
                Err(error) => Err(Failed::machine(format!("{}: {error}", path.display()))),
            }
        }
        TokenSource::Keyring(name) => keyring::remove(name).map(|()| true).map_err(Failed::machine),
        _ => Ok(false),
    }
}
