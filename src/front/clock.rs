use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Where most systems keep their zones, a file each. Asking the library for one by name walks all of them first, which
/// takes longer than reading a phrase.
const ZONES: &str = "/usr/share/zoneinfo";

/// The zone of `--timezone`.
///
/// # Errors
/// When there is no such zone.
pub(super) fn zone(name: &str) -> Result<TimeZone, String> {
    file(name)
        .map_or_else(|| TimeZone::get(name), Ok)
        .map_err(|_| format!("`{name}` is no time zone; an IANA name such as America/New_York is one"))
}

/// The zone of this machine.
pub(super) fn system() -> TimeZone {
    let linked = || {
        let target = std::fs::read_link("/etc/localtime").ok()?;
        file(target.strip_prefix(ZONES).ok()?.to_str()?)
    };
    let own = std::env::var_os("TZ").is_none().then(linked).flatten();
    own.unwrap_or_else(TimeZone::system)
}

fn file(name: &str) -> Option<TimeZone> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
    let relative = name.chars().all(plain) && !name.starts_with('/');
    let bytes = relative.then(|| std::fs::read(Path::new(ZONES).join(name)).ok())??;
    TimeZone::tzif(name, &bytes).ok()
}

/// The moment of `--now`, in that zone or else in the one its offset gives.
///
/// # Errors
/// When it is not RFC 3339.
pub(super) fn moment(text: &str, zone: Option<&TimeZone>) -> Result<Zoned, String> {
    let instant: Timestamp =
        text.parse().map_err(|_| format!("`{text}` is no moment; write it like 2026-11-20T09:00:00-05:00"))?;
    let own = || jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%:z", text).ok()?.offset().map(TimeZone::fixed);
    let zone = zone.cloned().or_else(own).unwrap_or_else(system);
    Ok(instant.to_zoned(zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_its_instant_and_takes_the_zone() {
        let zone = zone("America/New_York").expect("a zone");
        let moment = moment("2026-11-20T14:00:00Z", Some(&zone)).expect("a moment");
        assert_eq!(moment.to_string(), "2026-11-20T09:00:00-05:00[America/New_York]");
    }

    #[test]
    fn without_a_zone_the_offset_counts() {
        let moment = moment("2026-11-20T09:00:00-05:00", None).expect("a moment");
        assert_eq!(moment.to_string(), "2026-11-20T09:00:00-05:00[-05:00]");
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(zone("Nowhere/Land").is_err());
        assert!(zone("/etc/passwd").is_err());
        assert!(zone("../../etc/passwd").is_err());
        assert!(moment("tomorrow", None).is_err());
        assert!(moment("2026-11-20T09:00:00", None).is_err());
    }
}
