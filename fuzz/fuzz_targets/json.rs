#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| infobip_fuzzing::descriptions::json(data));
