//! The budgets of the project, as a table: each measurement, ours and the twin's, and its verdict.
//!
//! Run `cargo bench -p infobip-tests --bench budgets` to print it. Instructions are counted by Valgrind; without it,
//! these rows are skipped. Times are the least of several runs, which is least affected by other programs. If a time
//! depends on the machine more than on the program, the budget is a share of the twin's time in the same run. The twin,
//! in
//! `tests/twin`, is a handwritten client of the endpoint.
//!
//! The first run compiles the dependencies of both programs, which takes minutes. With `INFOBIP_FRESH_BUILD=1`, clean
//! builds are measured as well.

mod callgrind;
mod compile;
mod copies;
mod generate;
mod message;
mod vendor;

#[path = "../shared/mod.rs"]
#[expect(dead_code, reason = "the bench `sending` uses the rest")]
mod shared;

use std::env;

use shared::table::Table;

fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    // A child process, started by `generate`.
    if let [task, copies, runs] = arguments.as_slice()
        && task == generate::TASK
    {
        return generate::run_task(copies, runs);
    }
    let mut table = Table::start();
    generate::measure(&mut table);
    vendor::measure(&mut table);
    compile::measure(&mut table);
    message::measure(&mut table);
    table.finish();
}
