//! The table: a line for each way to send and each number of messages in flight.

/// The maximum CPU time of our client, as a share of the twin's.
const OF_TWIN: f64 = 1.05;

/// The minimum number of messages per second, which is the rate limit of the service.
const MESSAGES_PER_SECOND: f64 = 4000.0;

/// A report that prints lines and counts missed budgets.
pub(crate) struct Report {
    missed: u32,
}

/// The measurements of a way to send, with a number of messages in flight.
pub(crate) struct Line {
    pub(crate) way: &'static str,
    pub(crate) concurrency: u32,
    /// The microseconds of our client, the twin and bare `reqwest`, in each round.
    pub(crate) costs: Vec<[f64; 3]>,
    /// The connections that our client opened, with responses in one piece and in two.
    pub(crate) connections: [u32; 2],
    pub(crate) messages_per_second: f64,
}

impl Report {
    /// Prints the header of the table.
    pub(crate) fn start() -> Self {
        print_line(["in flight", "ours", "twin", "bare", "to twin", "to bare", "whole", "in pieces", "messages"]);
        print_line(["", "us", "us", "us", "", "", "responses", "responses", "per second"]);
        let (of_twin, rate) = (format!("<= {OF_TWIN:.2}"), format!(">= {MESSAGES_PER_SECOND:.0}"));
        print_line(["budget", "", "", "", &of_twin, "", "= in flight", "= in flight", &rate]);
        Self { missed: 0 }
    }

    /// Prints a line, with a verdict for each budget.
    pub(crate) fn add(&mut self, line: &Line) {
        let Line { way, concurrency, connections, messages_per_second: rate, .. } = *line;
        let [ours, twin, bare] = [0, 1, 2].map(|index| format!("{:.1}", line.median(|costs| costs[index])));
        let [to_twin, to_bare] = [1, 2].map(|index| line.median(|costs| costs[0] / costs[index]));
        let to_twin = self.verdict(format!("{to_twin:.2}"), to_twin <= OF_TWIN);
        let [whole, pieces] = connections;
        let whole = self.verdict(whole.to_string(), whole == concurrency);
        let pieces = self.verdict(pieces.to_string(), pieces == concurrency);
        let rate = self.verdict(format!("{rate:.0}"), rate >= MESSAGES_PER_SECOND);
        let name = format!("{concurrency:>4} {way}");
        print_line([&name, &ours, &twin, &bare, &to_twin, &format!("{to_bare:.2}"), &whole, &pieces, &rate]);
    }

    /// Prints the number of missed budgets.
    pub(crate) fn finish(self) {
        println!("\n{} budgets were missed.", self.missed);
    }

    fn verdict(&mut self, value: String, holds: bool) -> String {
        self.missed += u32::from(!holds);
        value + if holds { " pass" } else { " FAIL" }
    }
}

impl Line {
    fn median(&self, of: impl Fn(&[f64; 3]) -> f64) -> f64 {
        let mut values: Vec<_> = self.costs.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    }
}

fn print_line([name, ours, twin, bare, to_twin, to_bare, whole, pieces, rate]: [&str; 9]) {
    println!("{name:<9} {ours:>7} {twin:>7} {bare:>7} {to_twin:>10} {to_bare:>8} {whole:>12} {pieces:>12} {rate:>12}");
}
