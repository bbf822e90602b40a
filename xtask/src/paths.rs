//! The root of this workspace, and relative paths between folders.

use std::env;
use std::path::{Component, Path, PathBuf};

/// The root of the workspace.
///
/// Cargo sets the folder of the package in the environment, which is correct in every folder below the workspace, and
/// for checkouts that share a target folder. A program started without Cargo uses the folder it was built from.
pub(crate) fn workspace() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let package = PathBuf::from(package);
    package.parent().map_or_else(|| package.clone(), Path::to_path_buf)
}

/// Returns the absolute path, with symbolic links resolved in the part that exists; the rest is normalized as text.
pub(crate) fn resolve(path: &Path) -> std::io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let real = absolute.ancestors().find_map(|known| Some((known, known.canonicalize().ok()?)));
    let Some((known, mut resolved)) = real else { return Ok(absolute) };
    for component in absolute.strip_prefix(known).into_iter().flat_map(Path::components) {
        match component {
            Component::ParentDir => _ = resolved.pop(),
            Component::CurDir => {}
            other => resolved.push(other),
        }
    }
    Ok(resolved)
}

/// Returns the relative path from one folder to another, both [resolved](resolve); the absolute path of the other if
/// there is none, as between two drives.
pub(crate) fn relative(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return to.to_path_buf();
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    let path: PathBuf = up.chain(to.components().skip(shared)).collect();
    if path.as_os_str().is_empty() { PathBuf::from(".") } else { path }
}

/// Returns the nearest existing folder: the path itself or one of its ancestors.
pub(crate) fn existing(path: &Path) -> &Path {
    path.ancestors().find(|folder| folder.is_dir()).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        assert_eq!(relative(Path::new(from), Path::new(to)), Path::new(expected));
    }

    #[test]
    fn relative_paths_lead_from_folder_to_folder() {
        check("/a/b", "/a/runtime", "../runtime");
        check("/a", "/a/runtime", "runtime");
        check("/a/b/c", "/d", "../../../d");
        check("/a/b", "/a", "..");
        check("/a", "/a", ".");
        check("/a/b", "/a/bc", "../bc");
    }

    #[test]
    fn what_does_not_exist_is_resolved_by_its_text() {
        let here = Path::new(".").canonicalize().expect("the current folder exists");
        let above = here.parent().expect("tests do not run in the root folder");
        assert_eq!(resolve(Path::new("no/such/../folder")).expect("a path"), here.join("no/folder"));
        assert_eq!(resolve(Path::new("no/../../up")).expect("a path"), above.join("up"));
    }
}
