//! A postal address that is said as one text: "12 Oak St, Austin, TX 78701".

/// Letters of a state that is abbreviated.
pub(super) const SHORT_STATE: usize = 2;
/// Figures of a postal code, at least.
const SHORTEST_CODE: usize = 4;

/// The parts of an address.
#[derive(Debug, PartialEq, Eq)]
pub struct Postal<'a> {
    /// The street and the number.
    pub street: &'a str,
    /// The city.
    pub city: &'a str,
    /// The state.
    pub state: Option<&'a str>,
    /// The postal code.
    pub code: Option<&'a str>,
}

impl<'a> Postal<'a> {
    /// Reads an address in which a comma parts the street from the city, and a comma or a space the city from the state and
    /// the postal code; nothing where anything else is said.
    pub fn read(text: &'a str) -> Option<Self> {
        let (street, rest) = text.split_once(',')?;
        let (rest, code) = last(rest).filter(|(_, word)| is_code(word)).unwrap_or((rest, ""));
        let rest = rest.trim_matches([' ', ',']);
        let (city, state) = rest.rsplit_once(',').unwrap_or_else(|| {
            let short = |word: &str| is_short_state(word) || !code.is_empty() && word.len() == SHORT_STATE;
            last(rest).filter(|(_, word)| short(word)).unwrap_or((rest, ""))
        });
        let (street, city, state) = (street.trim(), city.trim(), state.trim());
        let named = !city.is_empty() && !city.contains(|c: char| c.is_ascii_digit() || c == ',');
        let numbered = street.contains(|c: char| c.is_ascii_digit());
        let said = |part: &'a str| Some(part).filter(|part| !part.is_empty());
        let fits = named && numbered && (state.is_empty() || is_state(state));
        fits.then_some(Self { street, city, state: said(state), code: said(code) })
    }
}

/// A city with its state, and the postal code when it is told: "Austin, TX 78701".
pub(super) fn place(text: &str) -> Option<(&str, &str, Option<&str>)> {
    let (rest, code) = last(text).filter(|(_, word)| is_code(word)).unwrap_or((text, ""));
    let (city, state) = last(rest.trim_end_matches([' ', ',']))?;
    let city = city.trim_end_matches([' ', ',']);
    let named = !city.is_empty() && !city.contains(|c: char| c.is_ascii_digit() || c == ',');
    let code = Some(code).filter(|code| !code.is_empty());
    (named && is_short_state(state)).then_some((city, state, code))
}

/// The last word of a text, and what stands before it.
fn last(text: &str) -> Option<(&str, &str)> {
    text.trim_end().rsplit_once([' ', ',']).filter(|(_, word)| !word.is_empty())
}

/// Whether words are a state: its letters, or its name with capitals.
fn is_state(words: &str) -> bool {
    let named = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    let short = words.len() == SHORT_STATE && words.chars().all(char::is_alphabetic);
    short || words.split(' ').all(named)
}

/// Whether a word is a state by the letters that stand for it.
pub(super) fn is_short_state(word: &str) -> bool {
    word.len() == SHORT_STATE && word.bytes().all(|b| b.is_ascii_uppercase())
}

pub(super) fn is_code(word: &str) -> bool {
    let figures = word.chars().filter(char::is_ascii_digit).count();
    figures >= SHORTEST_CODE && word.chars().all(|c| c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_part_an_address() {
        let read = |text| Postal::read(text).map(|p| (p.street, p.city, p.state, p.code));
        let oak = "12 Oak St";
        assert_eq!(read("12 Oak St, Austin, TX 78701"), Some((oak, "Austin", Some("TX"), Some("78701"))));
        assert_eq!(read("12 Oak St, Austin, TX, 78701-1234"), Some((oak, "Austin", Some("TX"), Some("78701-1234"))));
        assert_eq!(read("12 Oak St, San Marcos, Texas"), Some((oak, "San Marcos", Some("Texas"), None)));
        assert_eq!(read("12 Oak St, Austin"), Some((oak, "Austin", None, None)));
        assert_eq!(read("12 Oak St, San Marcos TX 78666"), Some((oak, "San Marcos", Some("TX"), Some("78666"))));
        assert_eq!(read("12 Oak St, salem ma 01970"), Some((oak, "salem", Some("ma"), Some("01970"))));
        assert_eq!(read("12 Oak St, Cary, North Carolina"), Some((oak, "Cary", Some("North Carolina"), None)));
    }

    #[test]
    fn a_city_may_have_its_state_with_it() {
        assert_eq!(place("Austin, TX 78701"), Some(("Austin", "TX", Some("78701"))));
        assert_eq!(place("Quincy MA"), Some(("Quincy", "MA", None)));
        assert_eq!(place("Austin"), None);
        assert_eq!(place("Paris, France"), None);
    }

    #[test]
    fn what_says_anything_else_stays_as_it_is() {
        for text in ["12 Oak St", "Oak House, Austin", "12 Oak St, Suite 4, Austin", "12 Oak St, Austin, TX, USA 78701"]
        {
            assert_eq!(Postal::read(text), None, "{text}");
        }
    }
}
