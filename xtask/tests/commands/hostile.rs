//! Descriptions and folders of strangers: no text in them controls a terminal or forges a line, and no file makes a command
//! wait or fill the memory.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::playground::{GREETING, Outcome, Playground};

/// Text that would set the title of a terminal, clear it, reverse the direction of text, and begin a line.
const HOSTILE: &str = "a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\u{200f}\u{2028}\u{85}\u{7f}\r\nerror: forged\n# forged";

#[track_caller]
fn check_output(outcome: Outcome) -> Outcome {
    for output in [&outcome.stdout, &outcome.stderr] {
        let hostile = output.chars().find(|character| {
            character.is_control() && !matches!(character, '\n' | '\t')
                || HOSTILE.contains(*character) && !character.is_ascii()
        });
        assert_eq!(hostile, None, "{outcome:#?}");
        let is_forged = |line: &str| line.starts_with("error: forged") || line.starts_with("# forged");
        assert!(!output.lines().any(is_forged), "{outcome:#?}");
    }
    outcome
}

/// Returns a description whose names and values are hostile; one of its schemas has the given keyword.
fn description(keyword: &str, value: u8) -> String {
    let schema = json!({
        "type": "object",
        "required": [HOSTILE],
        "properties": {
            HOSTILE: { "type": "string", keyword: value, "pattern": format!("(?={HOSTILE})") },
            "kind": { "enum": [HOSTILE, "b"], "default": HOSTILE },
        },
    });
    let operation = json!({
        "operationId": HOSTILE,
        "tags": [HOSTILE],
        "requestBody": { "content": { "application/json": { "schema": schema }, "b/c": {} } },
        "responses": { "204": { "description": HOSTILE } },
    });
    let paths = json!({ "/a": { "post": operation } });
    json!({ "openapi": "3.0.3", "info": { "title": HOSTILE, "version": "1" }, "paths": paths }).to_string()
}

fn playground(texts: [String; 2]) -> Playground {
    let playground = Playground::new();
    playground.write("Cargo.toml", "[workspace.package]\nversion = \"0.3.1\"\n");
    for (name, text) in ["spec/greeting.yaml", "other.json"].into_iter().zip(texts) {
        playground.write(name, text);
    }
    playground
}

#[test]
fn names_in_findings_stay_in_their_lines() {
    let playground = playground([description("maxLength", 1), description("maxLenght", 1)]);
    let generate = ["generate", "--spec", "spec/greeting.yaml", "--out", "probe", "--name", "probe"];
    check_output(playground.run(&generate)).succeeds();
    let generate = ["generate", "--spec", "other.json", "--out", "probe", "--name", "probe"];
    check_output(playground.run(&generate))
        .ends_with(1)
        .notes(r"properties/a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\u{200f}\u{2028}\u{85}\u{7f}\r\nerror: forged\n# forged`");
    let outcome = check_output(playground.run(&[&generate[..], &["--format", "json"]].concat()));
    let findings: Value = serde_json::from_str(&outcome.stdout).expect("one JSON value");
    assert!(findings[0]["pointer"].as_str().is_some_and(|pointer| pointer.ends_with(HOSTILE)), "{findings}");
}

#[test]
fn names_in_changes_stay_in_their_lines() {
    let playground = playground([description("maxLength", 1), description("maxLength", 2)]);
    let diff = ["diff", "spec/greeting.yaml", "other.json"];
    check_output(playground.run(&diff)).succeeds().prints(r"request.a\u{1b}]0;x\u{7}\u{9b}2J");
    check_output(playground.run(&[&diff[..], &["--format", "markdown"]].concat())).succeeds().prints("`request.a");
    let outcome = check_output(playground.run(&[&diff[..], &["--format", "json"]].concat())).succeeds();
    let value: Value = serde_json::from_str(&outcome.stdout).expect("one JSON value");
    assert_eq!(value["changes"][0]["location"], format!("request.{HOSTILE}"));
}

#[test]
fn values_in_a_configuration_stay_in_their_line() {
    // A quoted string or key of TOML.
    let quoted: String = HOSTILE
        .chars()
        .flat_map(|character| format!("\\U{:08X}", u32::from(character)).into_bytes())
        .map(char::from)
        .collect();
    let playground = Playground::new();
    for line in [format!("sample-base-url = \"{quoted}\""), format!("\"{quoted}\" = 1")] {
        playground.write("spec/package.toml", format!("name = \"notes\"\n{line}\n"));
        check_output(playground.run(&["generate"])).ends_with(1).notes("spec/package.toml:2:");
    }
}

#[cfg(unix)]
#[test]
fn names_and_contents_of_files_stay_in_their_lines() {
    let playground = Playground::generated();
    playground.write(&format!("{HOSTILE}.yaml"), GREETING.replace("parts/style.yaml", "style.yaml"));
    let name = format!("{HOSTILE}.yaml");
    let out = format!("probe{HOSTILE}");
    check_output(playground.run(&["generate", "--spec", &name, "--out", "probe", "--name", "probe"])).ends_with(1);
    check_output(playground.run(&["diff", &name, "spec"])).ends_with(1);
    let generate = ["generate", "--spec", "spec/greeting.yaml", "--out", &out, "--name", "probe"];
    check_output(playground.run(&[&generate[..], &["--check"]].concat())).ends_with(1).prints(r"+++ b/probea\u{1b}");
    check_output(playground.run(&generate)).succeeds().prints(r"; probea\u{1b}]0;x");
    playground.write("generated/src/lib.rs", HOSTILE);
    check_output(playground.run(&["generate", "--check"])).ends_with(1).prints("\n-# forged\n");
    playground.write(&format!("generated/{HOSTILE}"), "");
    check_output(playground.run(&["generate"])).ends_with(1).notes(r"did not write: `a\u{1b}");
}

/// Returns the findings of a run in JSON, each as its position and its code.
#[track_caller]
fn findings(playground: &Playground) -> Vec<String> {
    let outcome = playground.run(&["generate", "--format", "json"]).ends_with(1);
    let findings: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("one JSON value");
    let texts = findings.iter().map(|finding| {
        let [file, code] = ["file", "code"].map(|key| finding[key].as_str().expect("a string"));
        format!("{file}:{}:{} {code}", finding["line"], finding["column"])
    });
    texts.collect()
}

#[test]
fn files_that_are_not_utf_8_are_located() {
    let playground = Playground::new();
    playground.write("spec/greeting.yaml", b"openapi: 3.0.3\ninfo: { title: \xc3\xa9\xff }\n");
    assert_eq!(findings(&playground), ["spec/greeting.yaml:2:17 not-utf-8"]);
    playground.run(&["generate"]).ends_with(1).notes("error[not-utf-8]: the byte 0xff is not valid in UTF-8 here");
    let utf_16: Vec<u8> = GREETING.encode_utf16().flat_map(u16::to_le_bytes).collect();
    playground.write("spec/greeting.yaml", [&b"\xff\xfe"[..], &utf_16].concat());
    assert_eq!(findings(&playground), ["spec/greeting.yaml:1:1 not-utf-8"]);
    playground.write("spec/greeting.yaml", GREETING);
    playground.write("spec/parts/style.yaml", b"Style: {}\n# \xe9\n");
    let dangling = "spec/greeting.yaml:22:24 dangling-reference";
    assert_eq!(findings(&playground), [dangling, "spec/parts/style.yaml:2:3 not-utf-8"]);
    playground.write("spec/package.toml", b"name = \"\xff\"\n");
    assert_eq!(findings(&playground), ["spec/package.toml:1:9 bad-configuration"]);
}

/// Files of 1 TiB, without blocks on the disk.
#[cfg(unix)]
#[test]
fn large_files_are_not_read() {
    let grow = |playground: &Playground, path: &str| {
        let file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(playground.path(path));
        file.expect("a file").set_len(1 << 40).expect("a file without blocks");
    };
    for path in ["spec/greeting.yaml", "spec/package.toml", "generated/manifest.json", "generated/src/lib.rs"] {
        let playground = Playground::generated();
        grow(&playground, path);
        let name = path.trim_start_matches("spec/");
        playground.run(&["generate"]).ends_with(1).notes(name).notes("the file is larger than 128 MiB");
    }
    let playground = Playground::generated();
    grow(&playground, "spec/parts/style.yaml");
    playground.run(&["generate"]).ends_with(1).notes("spec/greeting.yaml:22:").notes("the file is larger than 128 MiB");
    let endless = ["generate", "--spec", "/dev/zero", "--out", "probe", "--name", "probe"];
    playground.run(&endless).ends_with(1).notes("cannot read `/dev/zero`: the file is larger than 128 MiB");
}

/// A command that opens a pipe waits for another program for ever.
#[cfg(unix)]
#[test]
fn pipes_are_not_opened() {
    let make = |path: PathBuf| {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        let _ = fs::remove_file(&path);
        let made = std::process::Command::new("mkfifo").arg(path).status().expect("`mkfifo` can be run");
        assert!(made.success());
    };
    for (path, said) in [
        ("spec/greeting.yaml", "cannot read `spec/greeting.yaml`: it is not a file"),
        ("spec/parts/style.yaml", "cannot read `parts/style.yaml`: it is not a file"),
        ("spec/package.toml", "cannot read `package.toml`: it is not a file"),
        ("generated/manifest.json", "is not a manifest of this tool: it is not a file"),
        ("generated/src/lib.rs", "did not write: `src/lib.rs`"),
        ("generated/.xtask/lock", "did not write: `.xtask/lock`"),
        ("generated/.xtask/0.old", "did not write: `.xtask/0.old`"),
    ] {
        let playground = Playground::generated();
        make(playground.path(path));
        playground.run(&["generate"]).ends_with(1).notes(said);
    }
    let playground = Playground::generated();
    make(stamp(&playground));
    playground.run(&["generate"]).succeeds();
}

/// Returns the path of the only stamp.
#[cfg(unix)]
fn stamp(playground: &Playground) -> PathBuf {
    let mut stamps = fs::read_dir(playground.path("target/xtask")).expect("a folder");
    stamps.next().expect("a stamp").expect("an entry").path()
}

#[cfg(unix)]
#[test]
fn a_stamp_is_not_written_through_a_link() {
    let playground = Playground::generated();
    playground.write("mine.txt", "mine");
    let stamp = stamp(&playground);
    fs::remove_file(&stamp).expect("it was there");
    std::os::unix::fs::symlink(playground.path("mine.txt"), &stamp).expect("a link");
    playground.run(&["generate"]).succeeds();
    assert_eq!(playground.read("mine.txt"), "mine");
}

#[test]
fn the_threat_model_names_tests_that_exist() {
    let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(workspace.join("SECURITY.md")).expect("a text file");
    let tests: Vec<_> = text.split('`').filter(|word| word.split('.').next_back() == Some("rs")).collect();
    assert!(tests.len() > 10, "{tests:?}");
    let missing: Vec<_> = tests.iter().filter(|path| !workspace.join(path).is_file()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
