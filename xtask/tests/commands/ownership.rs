//! Ownership of files: the content of the manifest, and the treatment of files that were edited, deleted or added by
//! hand.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::playground::{FAREWELL, GREETING, Outcome, Playground};

const MANIFEST: &str = "generated/manifest.json";

/// Changes an up-to-date workspace by hand, which `generate` and `generate --check` must refuse without changing
/// anything.
#[track_caller]
fn check_refused(playground: &Playground, change: impl FnOnce(&Playground)) -> Outcome {
    change(playground);
    let tree = playground.tree();
    let checked = playground.run(&["generate", "--check"]).ends_with(1);
    let outcome = playground.run(&["generate"]).ends_with(1);
    assert_eq!(playground.tree(), tree);
    for line in outcome.stderr.lines() {
        assert!(checked.stderr.contains(line), "no `{line}` in {checked:#?}");
    }
    outcome
}

fn manifest(playground: &Playground) -> Value {
    serde_json::from_str(&playground.read(MANIFEST)).expect("JSON")
}

fn hash(content: &[u8]) -> String {
    let digits = Sha256::digest(content).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

#[test]
fn the_manifest_lists_every_input_and_every_other_file() {
    let playground = Playground::generated();
    let text = playground.read(MANIFEST);
    assert!(text.starts_with("{\n  \"generator\": {\n    \"name\": \"wirecrate-codegen\",\n"), "{text}");
    assert!(text.ends_with("\n}\n"), "{text}");
    let manifest = manifest(&playground);
    assert_eq!(manifest["generator"]["version"], env!("CARGO_PKG_VERSION"));
    let inputs = manifest["inputs"].as_object().expect("an object");
    assert_eq!(inputs.len(), 2, "{text}");
    for (name, known) in inputs {
        assert_eq!(*known, hash(playground.read(&format!("spec/{name}")).as_bytes()));
    }
    let configuration = &manifest["configuration"];
    assert_eq!(configuration["name"], "package.toml");
    assert_eq!(configuration["hash"], hash(playground.read("spec/package.toml").as_bytes()));
    let found: BTreeMap<String, String> = playground
        .tree()
        .into_iter()
        .filter_map(|(path, content)| Some((path, content?)))
        .filter_map(|(path, content)| {
            let path = path.strip_prefix(playground.path("generated")).ok()?.to_str()?.replace('\\', "/");
            (path != "manifest.json").then(|| (path, hash(&content)))
        })
        .collect();
    let files: BTreeMap<String, String> =
        serde_json::from_value(manifest["files"].clone()).expect("an object of texts");
    assert_eq!(files, found);
}

#[test]
fn the_same_input_gives_the_same_manifest_anywhere() {
    let other = Playground::new();
    other.run_in("spec", &["generate"], &[]).succeeds();
    assert_eq!(Playground::generated().read(MANIFEST), other.read(MANIFEST));
}

#[test]
fn a_comment_in_a_description_changes_its_hash_alone() {
    let playground = Playground::generated();
    let before = manifest(&playground);
    let lib = playground.read("generated/src/lib.rs");
    playground.write("spec/greeting.yaml", format!("# A comment.\n{GREETING}"));
    playground.run(&["generate", "--check"]).ends_with(1).notes("(1 different)").prints("b/generated/manifest.json\n");
    playground.run(&["generate"]).succeeds().prints("11 files, 1 changed\n");
    let mut after = manifest(&playground);
    assert_ne!(after, before);
    after["inputs"]["greeting.yaml"] = before["inputs"]["greeting.yaml"].clone();
    assert_eq!(after, before);
    assert_eq!(playground.read("generated/src/lib.rs"), lib);
}

#[test]
fn an_unreferenced_file_is_not_an_input() {
    let playground = Playground::generated();
    let unrelated = GREETING.replace("        style: { $ref: 'parts/style.yaml#/Style' }\n", "");
    playground.write("spec/greeting.yaml", unrelated);
    playground.run(&["generate"]).succeeds();
    assert!(!playground.read(MANIFEST).contains("style.yaml"));
    playground.run(&["generate", "--check"]).succeeds();
}

#[test]
fn an_edited_file_is_never_replaced() {
    let playground = Playground::generated();
    check_refused(&playground, |playground| playground.edit("generated/src/lib.rs")).notes(
        "error: `generated` contains files that were edited by hand: `src/lib.rs`; move the edit into the description",
    );
    playground.remove("generated/src/lib.rs");
    playground.run(&["generate"]).succeeds().prints("11 files, 1 restored\n");
}

#[test]
fn an_edit_that_removes_content_is_an_edit() {
    check_refused(&Playground::generated(), |playground| playground.write("generated/Cargo.toml", ""))
        .notes("`Cargo.toml`");
    check_refused(&Playground::generated(), |playground| {
        playground.write("generated/src/lib.rs", playground.read("generated/src/lib.rs").replace('\n', "\r\n"));
    })
    .notes("edited by hand: `src/lib.rs`;");
    check_refused(&Playground::generated(), |playground| playground.write("generated/src/lib.rs", b"\xff"))
        .notes("edited by hand: `src/lib.rs`;");
}

#[test]
fn an_edited_file_that_is_no_longer_emitted_is_not_removed() {
    check_refused(&Playground::with_stale_files(), |playground| playground.edit("generated/src/models/farewell.rs"))
        .notes("edited by hand: `src/models/farewell.rs`;");
}

#[test]
fn all_problems_are_reported_in_one_run() {
    let outcome = check_refused(&Playground::generated(), |playground| {
        playground.edit("generated/src/lib.rs");
        playground.edit("generated/src/client.rs");
        playground.write("generated/src/mine.rs", "");
    });
    outcome
        .notes("error: `generated` contains files that were edited by hand: `src/client.rs`, `src/lib.rs`; ")
        .notes("\nerror: `generated` contains files that this tool did not write: `src/mine.rs`; ");
}

#[test]
fn many_edited_files_are_counted() {
    let outcome = check_refused(&Playground::with_stale_files(), |playground| {
        let manifest = manifest(playground);
        let files = manifest["files"].as_object().expect("an object");
        assert_eq!(files.len(), 13, "{files:?}");
        files.keys().for_each(|path| playground.edit(&format!("generated/{path}")));
    });
    outcome.notes(", 3 more; ");
}

/// The file may have been written by another run, or taken from another branch.
#[test]
fn a_file_with_the_expected_content_is_accepted() {
    let change = |playground: &Playground| {
        playground.write("spec/greeting.yaml", GREETING.replace("What to say.", "What to say first."));
    };
    let other = Playground::new();
    change(&other);
    other.run(&["generate"]).succeeds();
    let playground = Playground::generated();
    change(&playground);
    playground.write("generated/src/models/greeting.rs", other.read("generated/src/models/greeting.rs"));
    playground.run(&["generate"]).succeeds();
    assert_eq!(playground.read(MANIFEST), other.read(MANIFEST));
}

#[test]
fn a_deleted_file_is_missing_and_comes_back() {
    let playground = Playground::generated();
    let tree = playground.tree();
    playground.remove("generated/src/lib.rs");
    playground.run(&["generate", "--check"]).ends_with(1).notes("(1 missing)").prints("+++ b/generated/src/lib.rs");
    playground.run(&["generate"]).succeeds().prints("11 files, 1 restored\n");
    assert_eq!(playground.tree(), tree);
}

#[test]
fn a_deleted_folder_comes_back() {
    let playground = Playground::generated();
    let tree = playground.tree();
    fs::remove_dir_all(playground.path("generated")).expect("it was there");
    playground.run(&["generate"]).succeeds().prints("11 files, 11 added\n");
    assert_eq!(playground.tree(), tree);
}

#[test]
fn without_a_manifest_files_with_the_expected_content_are_owned() {
    let playground = Playground::generated();
    let tree = playground.tree();
    playground.remove(MANIFEST);
    playground.run(&["generate", "--check"]).ends_with(1).prints("+++ b/generated/manifest.json").notes("(1 new)");
    playground.run(&["generate"]).succeeds().prints("11 files, 1 added\n");
    assert_eq!(playground.tree(), tree);
}

#[test]
fn without_a_manifest_all_other_files_are_foreign() {
    check_refused(&Playground::generated(), |playground| {
        playground.remove(MANIFEST);
        playground.edit("generated/src/lib.rs");
    })
    .notes("contains files that this tool did not write: `src/lib.rs`; move or delete them, or choose another folder");
}

#[track_caller]
fn check_damaged(change: impl FnOnce(&str) -> String) -> Outcome {
    let playground = Playground::generated();
    playground.edit("generated/src/lib.rs");
    let outcome =
        check_refused(&playground, |playground| playground.write(MANIFEST, change(&playground.read(MANIFEST))));
    outcome
        .notes("error: `generated/manifest.json` is not a manifest of this tool: ")
        .notes("; restore it, or delete it ")
}

#[test]
fn a_damaged_manifest_stops_the_run_and_no_edit_is_lost() {
    check_damaged(|_| String::new()).notes("EOF");
    check_damaged(|text| text[..text.len() / 2].to_owned()).notes("EOF");
    check_damaged(|text| text.replace("{\n    \"Cargo", "{\n<<<<<<< ours\n    \"Cargo")).notes(" at line ");
    check_damaged(|_| r#"{ "name": "A web application", "start_url": "/" }"#.to_owned()).notes("unknown field `name`");
    check_damaged(|text| text.replace("\"files\"", "\"more\": 1, \"files\"")).notes("unknown field `more`");
}

#[cfg(unix)]
#[test]
fn a_manifest_is_a_file() {
    let link = |playground: &Playground| {
        fs::rename(playground.path(MANIFEST), playground.path("away.json")).expect("it was there");
        std::os::unix::fs::symlink("../away.json", playground.path(MANIFEST)).expect("a link");
    };
    check_refused(&Playground::generated(), link).notes("is not a manifest of this tool: it is not a file;");
}

/// A manifest cannot cause changes outside the crate, or to files in it that the tool did not write.
#[test]
fn a_manifest_cannot_claim_other_files() {
    let playground = Playground::generated();
    playground.write("generated/.hidden", "mine");
    let entry = |path: &str| format!("\"files\": {{ \"{path}\": \"{}\", ", hash(b"mine"));
    for path in [".hidden", "no/such.rs"] {
        playground.write(MANIFEST, playground.read(MANIFEST).replace("\"files\": {", &entry(path)));
        playground.run(&["generate"]).succeeds().prints("11 files, 1 changed\n");
    }
    for path in ["../outside.rs", "src/../../outside.rs", "/outside.rs", ""] {
        let change = |text: &str| text.replace("\"files\": {", &entry(path));
        check_damaged(change).notes(&format!("`{path}` is not a path in the crate"));
    }
    assert_eq!(playground.read("generated/.hidden"), "mine");
}

/// A manifest may list files that do not exist, outside the crate or in folders that `generate` did not create.
#[cfg(unix)]
#[test]
fn only_folders_that_emitted_files_were_in_are_removed() {
    let playground = Playground::generated();
    for folder in ["generated/.git/refs/tags", "generated/docs", "elsewhere/empty"] {
        fs::create_dir_all(playground.path(folder)).expect("a new folder");
    }
    std::os::unix::fs::symlink("../elsewhere", playground.path("generated/.link")).expect("a link");
    let folders = playground.folders();
    let manifest = playground.read(MANIFEST);
    let claim = |list: &str, paths: &[&str], entry: &str| {
        let entries: Vec<_> = paths.iter().map(|path| format!("\"{path}\": {entry}")).collect();
        manifest.replace("\"files\": {", &format!("\"{list}\": {{ {} }}, \"files\": {{", entries.join(", ")))
    };
    let hidden = [".git/refs/tags/v1", ".link/empty/a.rs"];
    let pending = claim("pending", &hidden, r#"{ "old": null, "new": null }"#);
    let listed = manifest.replace("\"files\": {", "\"files\": { \".git/refs/tags/v1\": \"\", \"docs/a.rs\": \"\", ");
    for claimed in [pending, listed] {
        playground.write(MANIFEST, claimed);
        playground.run(&["generate"]).succeeds();
        assert_eq!(playground.folders(), folders);
        assert_eq!(playground.read(MANIFEST), manifest);
    }
}

#[test]
fn a_folder_that_was_there_before_a_failed_run_is_kept() {
    let playground = Playground::new();
    playground.write("spec/farewell.json", FAREWELL);
    for folder in ["generated/examples", "generated/src/models.rs/.in_the_way"] {
        fs::create_dir_all(playground.path(folder)).expect("a new folder");
    }
    let tree = playground.tree();
    playground.run(&["generate"]).ends_with(1);
    assert_eq!(playground.tree(), tree);
}

#[test]
fn another_crate_has_a_manifest_as_well() {
    let playground = Playground::new();
    let command = ["generate", "--spec", "spec/greeting.yaml", "--out", "probe", "--name", "probe"];
    playground.run(&command).succeeds();
    assert!(playground.read("probe/manifest.json").contains("\"parts/style.yaml\": \""));
    playground.edit("probe/src/lib.rs");
    playground.run(&command).ends_with(1).notes("`probe` contains files that were edited by hand: `src/lib.rs`;");
}

#[test]
fn only_the_remains_of_an_interrupted_run_are_removed() {
    let playground = Playground::generated();
    let tree = playground.tree();
    playground.write("generated/.xtask/0.new", "// Half a f");
    let left = "note: the last run was interrupted and left `generated/.xtask` behind";
    playground.run(&["generate", "--check"]).succeeds().notes(left);
    playground
        .run(&["generate"])
        .succeeds()
        .notes(&format!("{left}; it was removed\n"))
        .prints("11 files, no change\n");
    assert_eq!(playground.tree(), tree);
    check_refused(&playground, |playground| playground.write("generated/.xtask/notes.md", "mine"))
        .notes("contains files that this tool did not write: `.xtask/notes.md`;");
}

#[test]
fn a_run_in_progress_is_not_disturbed() {
    let playground = Playground::generated();
    playground.write("generated/.xtask/lock", "");
    let lock = fs::File::open(playground.path("generated/.xtask/lock")).expect("it was written");
    lock.lock().expect("no other process holds the lock");
    check_refused(&playground, |_| {}).notes("error: another run is writing `generated`; wait until it has finished");
    drop(lock);
    playground.run(&["generate"]).succeeds();
}
