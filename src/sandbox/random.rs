/// A small repeatable source of randomness (`SplitMix64`): the same seed gives the same ids and the same faults.
#[derive(Debug, Clone)]
pub struct Random(u64);

const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

impl Random {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, 1.
    pub fn share(&mut self) -> f64 {
        let top = u32::try_from(self.bits() >> 32).unwrap_or(u32::MAX);
        f64::from(top) / (f64::from(u32::MAX) + 1.0)
    }

    /// `length` letters and digits.
    pub fn alphanumeric(&mut self, length: usize) -> String {
        (0..length).map(|_| char::from(LETTERS[self.below(LETTERS.len())])).collect()
    }

    /// `length` digits, the first not zero.
    pub fn digits(&mut self, length: usize) -> String {
        (0..length)
            .map(|i| if i == 0 { char::from(b'1' + self.digit(9)) } else { char::from(b'0' + self.digit(10)) })
            .collect()
    }

    /// `length` lower-case hexadecimal digits.
    pub fn hex(&mut self, length: usize) -> String {
        (0..length).map(|_| char::from(b"0123456789abcdef"[self.below(16)])).collect()
    }

    /// A version 4 UUID.
    pub fn uuid(&mut self) -> String {
        format!("{}-{}-4{}-a{}-{}", self.hex(8), self.hex(4), self.hex(3), self.hex(3), self.hex(12))
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.bits() % limit as u64).unwrap_or(0)
    }

    fn digit(&mut self, limit: usize) -> u8 {
        u8::try_from(self.below(limit)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let (mut a, mut b, mut c) = (Random::new(7), Random::new(7), Random::new(8));
        let id = a.alphanumeric(20);
        assert_eq!(id, b.alphanumeric(20));
        assert_ne!(id, c.alphanumeric(20));
        assert!(id.len() == 20 && id.chars().all(|x| x.is_ascii_alphanumeric()));
    }

    #[test]
    fn shares_stay_in_range_and_spread() {
        let mut random = Random::new(1);
        let below: usize = (0..1000).map(|_| random.share()).filter(|s| (0.0..1.0).contains(s) && *s < 0.5).count();
        assert!((400..600).contains(&below), "{below}");
    }
}
