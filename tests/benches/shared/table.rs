//! The table: a line for each budget, printed as soon as it is measured.

use std::{fs, thread};

/// A table that counts the verdicts.
pub(crate) struct Table {
    held: u32,
    missed: u32,
    skipped: u32,
}

/// A measurement.
pub(crate) struct Row {
    what: String,
    unit: &'static str,
    ours: f64,
    twin: Option<f64>,
}

/// The maximum of our value.
pub(crate) enum Budget {
    /// A value in the unit of the row.
    AtMost(f64),
    /// A share of the twin's value.
    OfTwin(f64),
}

impl Row {
    /// Creates a row with our value.
    pub(crate) fn new(what: impl Into<String>, unit: &'static str, ours: f64) -> Self {
        Self { what: what.into(), unit, ours, twin: None }
    }

    /// Adds the value of the twin.
    pub(crate) fn twin(self, twin: f64) -> Self {
        Self { twin: Some(twin), ..self }
    }

    fn ratio(&self) -> Option<f64> {
        self.twin.filter(|twin| *twin > 0.0).map(|twin| self.ours / twin)
    }
}

impl Table {
    /// Prints the header of the table.
    pub(crate) fn start() -> Self {
        print_line("", "unit", "ours", "twin", "ratio", "at most", "");
        Self { held: 0, missed: 0, skipped: 0 }
    }

    /// Prints a row with its verdict.
    pub(crate) fn add(&mut self, row: &Row, budget: &Budget) {
        let (bound, holds) = match *budget {
            Budget::AtMost(most) => (number(most), row.ours <= most),
            // Without a value of the twin, the budget always holds.
            Budget::OfTwin(share) => (format!("{share:.2} x"), row.ratio().is_none_or(|ratio| ratio <= share)),
        };
        let count = if holds { &mut self.held } else { &mut self.missed };
        *count += 1;
        let ratio = row.ratio().map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
        let twin = row.twin.map(number).unwrap_or_default();
        let verdict = if holds { "pass" } else { "FAIL" };
        print_line(&row.what, row.unit, &number(row.ours), &twin, &ratio, &bound, verdict);
    }

    /// Prints a row that was not measured.
    pub(crate) fn skip(&mut self, what: &str, reason: &str) {
        self.skipped += 1;
        print_line(what, "", "", "", "", "", &format!("skipped: {reason}"));
    }

    /// Prints the totals, and a warning if the machine was busy.
    pub(crate) fn finish(self) {
        let Self { held, missed, skipped } = self;
        println!("\n{held} budgets hold, {missed} were missed, {skipped} were not measured.");
        if let Some(load) = load()
            && load > 1.5
        {
            println!("The machine was busy (load {load:.1} per processor), so times in ms may be too long.");
        }
    }
}

/// Returns the load average of the last minute per processor; only on Linux.
fn load() -> Option<f64> {
    let load: f64 = fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()?;
    let processors = u32::try_from(thread::available_parallelism().ok()?.get()).ok()?;
    Some(load / f64::from(processors))
}

fn print_line(what: &str, unit: &str, ours: &str, twin: &str, ratio: &str, bound: &str, verdict: &str) {
    let line = format!("{what:<58} {unit:<13} {ours:>9} {twin:>9} {ratio:>6} {bound:>9}  {verdict}");
    println!("{}", line.trim_end());
}

/// Formats a number, with two decimals if it is small and has a fraction.
fn number(value: f64) -> String {
    if value.fract() == 0.0 || value >= 1000.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}
