//! Costs of one message: to build, check, encode and send it, to decode the response, and to start a program that
//! sends it.

use crate::callgrind;
use crate::shared::process::least;
use crate::shared::programs::Program;
use crate::shared::server::{self, Server, Timing};
use crate::shared::table::{Budget, Row, Table};

const PROGRAMS: [Program; 2] = [Program::OURS, Program::TWIN];

const BUILD: &str = "build one message";
const CHECK: &str = "check it";
const ENCODE: &str = "encode it";
const DECODE: &str = "decode the response";
const SEND: &str = "send it, the client's part";

/// Measures every row.
pub(crate) fn measure(table: &mut Table) {
    for program in &PROGRAMS {
        program.build("minimal");
        program.build("repeat");
    }
    if callgrind::is_available() {
        count(table);
    } else {
        for what in [BUILD, CHECK, ENCODE, DECODE, SEND] {
            table.skip(what, "Valgrind is not installed");
        }
    }
    let [ours, twin] = PROGRAMS.map(|program| start(&program));
    let row = Row::new("start of a program to its first byte", "ms", ours).twin(twin);
    table.add(&row, &Budget::AtMost(2.4));
}

fn count(table: &mut Table) {
    let instructions =
        |program: &Program, action| callgrind::instructions(&program.command("repeat"), action, 1000, 5000);
    let allocations = |program: &Program, action| callgrind::allocations(&program.command("repeat"), action, 100, 300);
    for (what, action, most_instructions, most_allocations) in
        [(CHECK, "check", 60.0, 0.0), (ENCODE, "encode", 10_500.0, 1.0)]
    {
        let [ours, twin] = PROGRAMS.map(|program| instructions(&program, action));
        table.add(&Row::new(what, "instructions", ours).twin(twin), &Budget::AtMost(most_instructions));
        let [ours, twin] = PROGRAMS.map(|program| allocations(&program, action));
        table.add(&Row::new(what, "allocations", ours).twin(twin), &Budget::AtMost(most_allocations));
    }
    for (what, action, budget) in [(BUILD, "build", Budget::OfTwin(1.1)), (DECODE, "decode", Budget::AtMost(5_500.0))] {
        let [ours, twin] = PROGRAMS.map(|program| instructions(&program, action));
        table.add(&Row::new(what, "instructions", ours).twin(twin), &budget);
    }
    let server = Server::start(Timing::AtOnce);
    let [ours, twin] = PROGRAMS.map(|program| {
        let mut command = program.command("repeat");
        command.env("INFOBIP_BASE_URL", server.url());
        callgrind::instructions(&command, "send", 20, 220)
    });
    table.add(&Row::new(SEND, "instructions", ours).twin(twin), &Budget::AtMost(90_000.0));
}

fn start(program: &Program) -> f64 {
    least(30, || server::time_to_first_byte(&mut program.command("minimal")).as_secs_f64() * 1e3)
}
