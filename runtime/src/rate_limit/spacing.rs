//! The distance between admissions.

use std::time::Duration;

use tokio::time::Instant;

/// Even spacing of admissions, after a burst (the generic cell rate algorithm).
///
/// In any time, at most a burst is admitted, and one request for each interval that ends in it. A window alone would
/// admit all of its requests at one instant, each of which would need a connection of its own.
#[derive(Debug)]
pub(super) struct Spacing {
    window: Duration,
    /// The time at which the next admission would be due if all were evenly spaced. `None` before the first one.
    due: Option<Instant>,
}

impl Spacing {
    pub(super) fn new(window: Duration) -> Self {
        Self { window, due: None }
    }

    /// Returns the earliest instant, not before `now`, at which another request may be admitted if a window allows
    /// `allowed` requests, at least 1.
    pub(super) fn earliest(&self, now: Instant, allowed: u32) -> Instant {
        let ahead = self.interval(allowed) * (burst(allowed) - 1);
        self.due.and_then(|due| due.checked_sub(ahead)).map_or(now, |instant| now.max(instant))
    }

    /// Records an admission.
    pub(super) fn admit(&mut self, at: Instant, allowed: u32) {
        self.due = Some(self.due.map_or(at, |due| due.max(at)) + self.interval(allowed));
    }

    fn interval(&self, allowed: u32) -> Duration {
        self.window / allowed.max(1)
    }
}

/// Returns the number of requests that are admitted at once after a pause, which is a tenth of a window.
pub(super) fn burst(allowed: u32) -> u32 {
    (allowed / 10).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the milliseconds of as many admissions, all of which are requested at the start.
    fn admissions(spacing: &mut Spacing, start: Instant, count: u32, allowed: u32) -> Vec<u128> {
        let mut now = start;
        let admit = |_| {
            now = spacing.earliest(now, allowed);
            spacing.admit(now, allowed);
            now.duration_since(start).as_millis()
        };
        (0..count).map(admit).collect()
    }

    #[test]
    fn a_tenth_is_admitted_at_once_and_the_rest_evenly() {
        let window = Duration::from_secs(3);
        let start = Instant::now();
        assert_eq!(admissions(&mut Spacing::new(window), start, 6, 30), [0, 0, 0, 100, 200, 300]);
        assert_eq!(admissions(&mut Spacing::new(window), start, 4, 3), [0, 1000, 2000, 3000]);
        assert_eq!(admissions(&mut Spacing::new(window), start, 3, 1), [0, 3000, 6000]);
    }

    #[test]
    fn a_pause_restores_the_burst_and_no_more() {
        let start = Instant::now();
        let mut spacing = Spacing::new(Duration::from_secs(3));
        admissions(&mut spacing, start, 10, 30);
        let later = start + Duration::from_hours(1);
        assert_eq!(admissions(&mut spacing, later, 5, 30), [0, 0, 0, 100, 200]);
    }

    #[test]
    fn a_lower_rate_has_longer_intervals_from_then_on() {
        let start = Instant::now();
        let mut spacing = Spacing::new(Duration::from_secs(3));
        assert_eq!(admissions(&mut spacing, start, 3, 30), [0, 0, 0]);
        assert_eq!(admissions(&mut spacing, start, 3, 10), [300, 600, 900]);
    }
}
