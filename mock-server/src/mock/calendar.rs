//! Reads dates that people and clients write: RFC 3339, and the basic form of request signatures. Writing them is the
//! core's.

use bulk_delete_core::time::Timestamp;

/// Reads `2026-11-21T22:03:00Z`, with an optional fraction of a second (cut to milliseconds) and any offset. `None`
/// where the text is not such a time, or names a day that does not exist. A leap second counts as the next second.
pub(crate) fn rfc_3339(text: &str) -> Option<Timestamp> {
    let mut rest = Digits(text.as_bytes());
    let (year, _, month, _, day) =
        (rest.number(4)?, rest.byte(b"-")?, rest.number(2)?, rest.byte(b"-")?, rest.number(2)?);
    rest.byte(b"Tt ")?;
    let (hour, _, minute, _, second) =
        (rest.number(2)?, rest.byte(b":")?, rest.number(2)?, rest.byte(b":")?, rest.number(2)?);
    let milliseconds = rest.fraction()?;
    let offset = match rest.byte(b"Zz+-")? {
        b'Z' | b'z' => 0,
        sign => {
            let (hours, _, minutes) = (rest.number(2)?, rest.byte(b":")?, rest.number(2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let minutes = hours * 60 + minutes;
            if sign == b'-' { -minutes } else { minutes }
        }
    };
    if !rest.0.is_empty() {
        return None;
    }
    let at = point(year, month, day, hour, minute, second)?;
    Some(at.plus_milliseconds(milliseconds - offset * 60_000))
}

/// Reads `20261121T220300Z`, as request signatures carry it.
pub(crate) fn basic(text: &str) -> Option<Timestamp> {
    let mut rest = Digits(text.as_bytes());
    let (year, month, day) = (rest.number(4)?, rest.number(2)?, rest.number(2)?);
    rest.byte(b"T")?;
    let (hour, minute, second) = (rest.number(2)?, rest.number(2)?, rest.number(2)?);
    rest.byte(b"Z")?;
    if !rest.0.is_empty() {
        return None;
    }
    point(year, month, day, hour, minute, second)
}

fn point(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Option<Timestamp> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=days).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Days since the epoch, counted in years that begin in March, so that the leap day is a year's last.
    let from_march = year - i64::from(month <= 2);
    let (era, year_of_era) = (from_march.div_euclid(400), from_march.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    Some(Timestamp((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000))
}

/// What is left to read.
struct Digits<'t>(&'t [u8]);

impl Digits<'_> {
    /// Exactly so many decimal digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (head, tail) = self.0.split_at_checked(digits)?;
        let mut number = 0;
        for byte in head {
            number = number * 10 + i64::from(byte.is_ascii_digit().then(|| byte - b'0')?);
        }
        self.0 = tail;
        Some(number)
    }

    /// One byte out of these.
    fn byte(&mut self, out_of: &[u8]) -> Option<u8> {
        let (first, tail) = self.0.split_first()?;
        out_of.contains(first).then(|| self.0 = tail).map(|()| *first)
    }

    /// Milliseconds of an optional `.123456`; nothing there is 0, a point without digits is `None`.
    fn fraction(&mut self) -> Option<i64> {
        let Some((b'.', mut tail)) = self.0.split_first() else { return Some(0) };
        let (mut milliseconds, mut digits) = (0, 0);
        while let Some((digit, rest)) = tail.split_first().filter(|(digit, _)| digit.is_ascii_digit()) {
            if digits < 3 {
                milliseconds = milliseconds * 10 + i64::from(digit - b'0');
                digits += 1;
            }
            tail = rest;
        }
        self.0 = tail;
        match digits {
            0 => None,
            1 => Some(milliseconds * 100),
            2 => Some(milliseconds * 10),
            _ => Some(milliseconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_core_writes() {
        for milliseconds in [0, -1, 951_782_400_000, 1_795_298_580_123, 4_107_542_399_999, 4_107_542_400_000]
        {
            let at = Timestamp(milliseconds);
            assert_eq!(rfc_3339(&at.to_string()), Some(at));
        }
    }

    #[test]
    fn reads_offsets_fractions_and_lower_case() {
        for (text, same) in [
            ("2026-11-21T22:03:00+00:00", "2026-11-21T22:03:00.000Z"),
            ("2026-11-21t22:03:00.5z", "2026-11-21T22:03:00.500Z"),
            ("2026-11-21 22:03:00.123999-01:30", "2026-11-21T23:33:00.123Z"),
            ("2026-12-31T23:59:60Z", "2027-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(rfc_3339(text).unwrap().to_string(), same, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "now",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:61Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00Zz",
            "+026-01-01T00:00:00Z",
        ] {
            assert_eq!(rfc_3339(text), None, "{text}");
        }
    }

    #[test]
    fn reads_the_basic_form() {
        assert_eq!(basic("20261121T220300Z").unwrap().to_string(), "2026-11-21T22:03:00.000Z");
        for text in [
            "",
            "20261121T220300",
            "20261121 220300Z",
            "20261131T220300Z",
            "20261121T220300Z ",
            "2026-11-21T22:03:00Z",
        ] {
            assert_eq!(basic(text), None, "{text}");
        }
    }
}
