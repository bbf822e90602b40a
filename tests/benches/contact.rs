//! Times and allocations for one message, compared with the twin's, and for generating the crate.
//!
//! Run `cargo bench -p infobip-tests --bench contact` for quick measurements. The benchmark `budgets` checks the
//! budgets.

use std::path::Path;
use std::{fs, io};

use divan::{AllocProfiler, Bencher};
use infobip_tests::sample;
use wirecrate_codegen::{Files, Options, Source};
use wirecrate_runtime::json;

/// The files of the twin. Its crate would add the C code of its TLS library to every build of the project.
#[path = "../twin/src"]
#[expect(dead_code, unreachable_pub, reason = "these are files of a separate crate, most of which is unused here")]
#[expect(clippy::struct_field_names, reason = "the names are those of the description")]
mod twin {
    pub(crate) mod message;
    pub(crate) mod sample;
}

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

mod check_and_encode {
    use super::{Bencher, json, sample, twin};

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        let message = sample::message();
        bencher.bench(|| message.validate().map(|()| json::encode(&message)));
    }

    #[divan::bench]
    fn twin(bencher: Bencher<'_, '_>) {
        let message = twin::sample::sample();
        bencher.bench(|| message.check().map(|()| serde_json::to_vec(&message)));
    }
}

mod check {
    use super::{Bencher, sample, twin};

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        let message = sample::message();
        bencher.bench(|| message.validate());
    }

    #[divan::bench]
    fn twin(bencher: Bencher<'_, '_>) {
        let message = twin::sample::sample();
        bencher.bench(|| message.check());
    }
}

#[divan::bench]
fn generate(bencher: Bencher<'_, '_>) {
    let entry = Spec.read("contact.yaml").expect("the description can be read");
    let options = Options::new("infobip-whatsapp");
    bencher.bench(|| wirecrate_codegen::generate(vec![entry.clone()], &Spec, &options));
}

struct Spec;

impl Files for Spec {
    fn read(&self, name: &str) -> io::Result<Source> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec").join(name);
        Ok(Source::new(name, fs::read_to_string(path)?))
    }
}
