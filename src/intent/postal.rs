//! A postal address that is said as one text: "12 Oak St, Austin, TX 78701".

/// Letters of a state that is abbreviated.
const SHORT_STATE: usize = 2;
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
    /// Reads an address in which commas part the street, the city, and the state with the postal code; nothing where anything
    /// else is said.
    pub fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split(',').map(str::trim);
        let (street, city) = (parts.next()?, parts.next()?);
        let rest: Vec<&str> = parts.flat_map(str::split_whitespace).collect();
        let (state, code) = match rest.as_slice() {
            [] => (None, None),
            [one] if is_state(one) => (Some(*one), None),
            [one] if is_code(one) => (None, Some(*one)),
            [state, code] if is_state(state) && is_code(code) => (Some(*state), Some(*code)),
            _ => return None,
        };
        let named = !city.is_empty() && !city.contains(|c: char| c.is_ascii_digit());
        let numbered = street.contains(|c: char| c.is_ascii_digit());
        (named && numbered).then_some(Self { street, city, state, code })
    }
}

fn is_state(word: &str) -> bool {
    let letters = word.chars().all(char::is_alphabetic);
    letters && (word.len() == SHORT_STATE || word.starts_with(char::is_uppercase))
}

fn is_code(word: &str) -> bool {
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
    }

    #[test]
    fn what_says_anything_else_stays_as_it_is() {
        for text in ["12 Oak St", "Oak House, Austin", "12 Oak St, Suite 4, Austin", "12 Oak St, Austin, TX, USA 78701"]
        {
            assert_eq!(Postal::read(text), None, "{text}");
        }
    }
}
