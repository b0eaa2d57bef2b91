use super::Random;

/// How often the sandbox misbehaves, and how.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults(Vec<(Fault, f64)>);

/// One way to misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Answers with that status and does nothing.
    Status(u16),
    /// Closes the connection without an answer; half of the times the request has been acted on.
    Drop,
    /// Waits about a second before it acts.
    Slow,
}

impl Faults {
    /// Reads `429:0.2,500:0.05,drop:0.01,slow:0.1`: kind and share of requests, from 0 to 1.
    ///
    /// # Errors
    /// A sentence that names the part that cannot be read.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|p| !p.is_empty());
        let faults = parts.map(parse_one).collect::<Result<Vec<_>, _>>()?;
        let whole: f64 = faults.iter().filter(|(fault, _)| *fault != Fault::Slow).map(|(_, share)| share).sum();
        if whole > 1.0 {
            return Err(format!("the shares of `{text}` add up to {whole}, more than every request"));
        }
        Ok(Self(faults))
    }

    /// Draws what befalls the next request: whether it is slow, and what else happens to it.
    pub fn draw(&self, random: &mut Random) -> (bool, Option<Fault>) {
        if self.0.is_empty() {
            return (false, None);
        }
        let slow_share: f64 = self.0.iter().filter(|(f, _)| *f == Fault::Slow).map(|(_, s)| s).sum();
        let slow = random.share() < slow_share;
        let mut left = random.share();
        for (fault, share) in self.0.iter().filter(|(f, _)| *f != Fault::Slow) {
            if left < *share {
                return (slow, Some(*fault));
            }
            left -= share;
        }
        (slow, None)
    }
}

fn parse_one(part: &str) -> Result<(Fault, f64), String> {
    let (kind, share) =
        part.split_once(':').ok_or_else(|| format!("`{part}` has no share: write it as `{part}:0.1`"))?;
    let fault = match kind.trim() {
        "drop" => Fault::Drop,
        "slow" => Fault::Slow,
        code => match code.parse::<u16>() {
            Ok(status @ 400..=599) => Fault::Status(status),
            _ => return Err(format!("`{code}` is not a fault: use a status from 400 to 599, `drop` or `slow`")),
        },
    };
    match share.trim().parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok((fault, number)),
        _ => Err(format!("`{}` is not a share of requests from 0 to 1", share.trim())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_kind() {
        let faults = Faults::parse("429:0.2, 500:0.05,drop:0.01,slow:0.1").unwrap();
        let kinds: Vec<_> = faults.0.iter().map(|(f, _)| *f).collect();
        assert_eq!(kinds, [Fault::Status(429), Fault::Status(500), Fault::Drop, Fault::Slow]);
        assert_eq!(Faults::parse("").unwrap(), Faults::default());
    }

    #[test]
    fn names_what_it_cannot_read() {
        for (text, part) in [("429", "429:0.1"), ("crash:0.1", "`crash`"), ("200:0.1", "`200`"), ("500:2", "`2`")] {
            let error = Faults::parse(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
        assert!(Faults::parse("500:0.6,429:0.6").unwrap_err().contains("1.2"));
    }

    #[test]
    fn draws_about_as_often_as_told_and_always_the_same() {
        let faults = Faults::parse("503:0.25,slow:0.5").unwrap();
        let run = |seed| {
            let mut random = Random::new(seed);
            (0..1000).map(|_| faults.draw(&mut random)).collect::<Vec<_>>()
        };
        assert_eq!(run(3), run(3));
        let failed = run(3).iter().filter(|(_, f)| *f == Some(Fault::Status(503))).count();
        let slow = run(3).iter().filter(|(s, _)| *s).count();
        assert!((200..300).contains(&failed) && (440..560).contains(&slow), "{failed} {slow}");
    }
}
