use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, country};

/// A telephone number in E.164 (`+15551234567`) when it can be one, read as a number of that country unless it says
/// otherwise; nothing when it cannot.
pub fn e164(text: &str, country: &str) -> Option<String> {
    let home: Option<country::Id> = country.parse().ok();
    let number = phonenumber::parse(home, text.trim()).ok()?;
    let national = u16::try_from(number.national().to_string().len()).ok()?;
    // Numbers of films and examples (555) are in no range, but have the right length.
    let regions = DATABASE.by_code(&number.country().code()).unwrap_or_default();
    let possible = regions.iter().any(|region| {
        let lines = [region.descriptors().fixed_line(), region.descriptors().mobile()];
        lines.into_iter().flatten().any(|line| line.possible_length().contains(&national))
    });
    (number.is_valid() || possible).then(|| number.format().mode(Mode::E164).to_string())
}

/// Whether a text can be a telephone number at all.
pub(super) fn is_phone_like(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-().x#/".contains(c));
    plain && (3..=20).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_their_international_form() {
        assert_eq!(e164("(212) 736-5000", "US").as_deref(), Some("+12127365000"));
        assert_eq!(e164("555-123-4567", "US").as_deref(), Some("+15551234567"));
        assert_eq!(e164("+44 20 7946 0958", "US").as_deref(), Some("+442079460958"));
        assert_eq!(e164("020 7946 0958", "GB").as_deref(), Some("+442079460958"));
    }

    #[test]
    fn what_is_no_number_is_left_alone() {
        assert_eq!(e164("12", "US"), None);
        assert_eq!(e164("jane", "US"), None);
        assert!(!is_phone_like("jane") && !is_phone_like("12") && is_phone_like("555-1234"));
    }
}
