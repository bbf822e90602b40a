//! The budgets of the project, as a table: each measurement of ours and the twin's, and the verdict.
//!
//! `cargo bench -p infobip-tests --bench budgets` prints it. Instructions are counted by valgrind, and those rows are
//! skipped without it. A time is the least of several runs, which is the time without disturbance. If a time depends
//! on the machine more than on the program, the budget is a share of the twin's time in the same run. The twin, in
//! `tests/twin`, is the endpoint written by hand.
//!
//! The first run compiles the dependencies of both programs, which takes minutes. With `INFOBIP_FRESH_BUILD=1` they are
//! compiled from nothing in every run and that is measured too.

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
    // A child of this program, started by `generate` for a process of its own.
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
