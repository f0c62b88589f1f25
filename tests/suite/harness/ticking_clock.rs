//! The clock of a sandbox: it starts fixed and moves on by one step after each run of the program.
//! It never reads the real time.

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta};

/// When every sandbox begins: 23:58 EST on the day before, as in the process's positive example.
pub const START: &str = "2026-11-23T04:58:00Z";

/// A clock that only its owner moves.
#[derive(Debug, Clone)]
pub struct TickingClock {
    now: DateTime<FixedOffset>,
    step: TimeDelta,
}

impl Default for TickingClock {
    fn default() -> Self {
        Self { now: instant(START), step: TimeDelta::seconds(60) }
    }
}

impl TickingClock {
    /// The instant that the next run sees, as RFC 3339.
    pub fn now(&self) -> String {
        self.now.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// The instant that this run sees; the clock then moves on by a step.
    pub fn tick(&mut self) -> String {
        let now = self.now();
        self.now += self.step;
        now
    }

    /// Puts the clock to an instant in RFC 3339.
    pub fn set(&mut self, at: &str) {
        self.now = instant(at);
    }

    /// How many seconds a run takes from now on.
    pub fn set_step(&mut self, seconds: i64) {
        self.step = TimeDelta::seconds(seconds);
    }

    /// Moves the clock on without a run.
    pub fn pass(&mut self, minutes: i64) {
        self.now += TimeDelta::minutes(minutes);
    }
}

fn instant(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap_or_else(|error| panic!("`{text}` is no RFC 3339 instant: {error}"))
}

mod tests {
    use super::*;

    #[test]
    fn a_clock_starts_fixed_and_moves_by_its_step() {
        let mut clock = TickingClock::default();
        assert_eq!((clock.tick().as_str(), clock.tick().as_str()), ("2026-11-23T04:58:00Z", "2026-11-23T04:59:00Z"));
        clock.set_step(1);
        clock.tick();
        clock.pass(2);
        assert_eq!(clock.now(), "2026-11-23T05:02:01Z");
        clock.set("2026-11-23T10:00:00-05:00");
        assert_eq!(clock.now(), "2026-11-23T10:00:00-05:00");
    }
}
