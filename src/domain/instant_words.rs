//! An instant of the front matter in words: these count to the second, where entries count to the minute.
//! PURE.

use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// `2026-11-22 23:50 EST`, with its seconds where it has some.
///
/// # Examples
/// ```
/// use qpp_incident::domain::{instant_words::instant_words, zone::Zone};
/// assert_eq!(instant_words("2026-11-23T04:50:00Z".parse()?, Zone::default()), "2026-11-22 23:50 EST");
/// assert_eq!(instant_words("2026-11-23T04:50:09Z".parse()?, Zone::default()), "2026-11-22 23:50:09 EST");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn instant_words(at: Timestamp, zone: Zone) -> String {
    if at == at.floor_to_minute() {
        return zone.date_minute(at);
    }
    format!("{} {} {}", zone.date(at), zone.time(at).format("%H:%M:%S"), zone.abbreviation(at))
}
