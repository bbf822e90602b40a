//! Findings about a description: their order, rendering and wording.
//!
//! There is one constructor for each finding, in [`messages`]. A [`Report`] contains all findings of a run, located and
//! sorted.

mod messages;
mod printable;

pub(crate) use messages::{EXTENSIONS, TOO_LARGE};
pub use printable::{printable, printable_json, printable_lines};

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Origin as Header, Renderer, Snippet};
use serde::Serialize;

use crate::Options;
use crate::document::{Document, Location, Origin, Position, Source, Span};

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is generated until this is corrected, or the operations that it concerns are left out.
    Error,
    /// The crate is generated, but the description is probably wrong, or the crate does not check a constraint. The finding
    /// states the assumption; the code of a constraint that is not checked is `unchecked`.
    Warning,
    /// The crate is generated. The note explains the treatment of a part of the description.
    Note,
}

/// A finding with its position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// A stable name of the finding, such as `unknown-keyword`.
    pub code: &'static str,
    /// The message, in lowercase and without a period.
    pub message: String,
    /// The path of the file, as given by the caller.
    pub file: String,
    /// The one-based line number.
    pub line: usize,
    /// The one-based column, in characters.
    pub column: usize,
    /// The JSON Pointer to the node, as a URI fragment.
    pub pointer: String,
    /// A way to correct the description.
    pub help: Option<String>,
    /// The rendered text.
    #[serde(skip)]
    rendered: String,
    /// The number of findings that this one counts.
    #[serde(skip)]
    count: usize,
}

/// All findings of one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings, sorted by file, position and code.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Returns the number of findings with the given severity.
    pub fn count(&self, severity: Severity) -> usize {
        let with_severity = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity);
        with_severity.map(|diagnostic| diagnostic.count).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.diagnostics {
            writeln!(f, "{}\n", diagnostic.rendered)?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

/// The number of findings of each severity that are kept. The others are counted.
const MOST: usize = 300;

/// The code of the finding that counts the others.
const MORE: &str = "more-findings";

/// The findings so far.
#[derive(Debug)]
pub(crate) struct Diagnostics {
    findings: Vec<Finding>,
    /// The number of findings of each severity.
    counts: [usize; 3],
    /// The last finding that was not kept.
    dropped: Option<Finding>,
    /// The severity of findings that do not prevent a comparison.
    tolerable: Severity,
    /// The severity of constraints that are not checked.
    unchecked: Severity,
}

/// The code of constraints that are not checked.
const UNCHECKED: &str = "unchecked";

#[derive(Debug, Clone)]
struct Finding {
    severity: Severity,
    code: &'static str,
    message: String,
    location: Location,
    help: Option<String>,
}

impl Diagnostics {
    /// Creates an empty list.
    pub(crate) fn new() -> Self {
        Self {
            findings: Vec::new(),
            counts: [0; 3],
            dropped: None,
            tolerable: Severity::Error,
            unchecked: Severity::Warning,
        }
    }

    /// Creates an empty list for one of two descriptions that are compared. An option or an overlay may name a part that only
    /// the other one has, and credentials are compared by their names.
    pub(crate) fn of_side() -> Self {
        Self { tolerable: Severity::Warning, ..Self::new() }
    }

    /// Applies the options that decide about severities.
    pub(crate) fn with(self, options: &Options) -> Self {
        let unchecked = if options.deny_unchecked { Severity::Error } else { Severity::Warning };
        Self { unchecked, ..self }
    }

    /// Creates an empty list with the same severities.
    pub(crate) fn empty(&self) -> Self {
        Self { tolerable: self.tolerable, unchecked: self.unchecked, ..Self::new() }
    }

    /// Returns `true` for one of two descriptions that are compared.
    pub(crate) fn is_of_side(&self) -> bool {
        self.tolerable == Severity::Warning
    }

    /// Returns `true` if there is an error. The next stage must not start then.
    pub(crate) fn has_errors(&self) -> bool {
        self.counts[Severity::Error as usize] > 0
    }

    /// Returns `true` if another finding of a severity is kept. Otherwise, its wording has no effect.
    pub(crate) fn has_room(&self, severity: Severity) -> bool {
        self.counts[severity as usize] < MOST
    }

    /// Returns `true` if every error is kept.
    pub(crate) fn has_all_errors(&self) -> bool {
        self.counts[Severity::Error as usize] <= MOST
    }

    /// Adds the findings of another list.
    pub(crate) fn append(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.counts.iter_mut().zip(other.counts).for_each(|(count, more)| *count += more);
    }

    /// The errors with their origins.
    pub(crate) fn errors(&self, document: &Document) -> Vec<(Origin, Diagnostic)> {
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        errors.map(|error| (error.location.origin.clone(), error.clone().locate(document))).collect()
    }

    /// Removes all findings but errors.
    pub(crate) fn retain_errors(&mut self) {
        self.findings.retain(|finding| finding.severity == Severity::Error);
        self.counts = [self.counts[Severity::Error as usize], 0, 0];
    }

    /// Turns errors into warnings, once all that they concern is left out.
    pub(crate) fn tolerate_errors(&mut self) {
        for finding in &mut self.findings {
            finding.severity = finding.severity.max(Severity::Warning);
        }
        let [errors, warnings, notes] = self.counts;
        self.counts = [0, errors + warnings, notes];
    }

    /// Locates and sorts the findings.
    pub(crate) fn finish(self, document: &Document) -> Report {
        let kept = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        let more = [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| (severity, self.counts[severity as usize] - kept(severity)));
        let mut diagnostics: Vec<_> = self.findings.into_iter().map(|finding| finding.locate(document)).collect();
        diagnostics.sort_by(|a, b| {
            (&a.file, a.line, a.column, a.code, &a.message).cmp(&(&b.file, b.line, b.column, b.code, &b.message))
        });
        diagnostics.dedup();
        let more = more.into_iter().filter(|(_, count)| *count > 0);
        diagnostics.extend(more.map(|(severity, count)| Diagnostic::of_more(severity, count, document)));
        Report { diagnostics }
    }

    fn push(
        &mut self,
        severity: Severity,
        code: &'static str,
        at: impl Into<Location>,
        message: String,
    ) -> &mut Finding {
        let severity = if code == UNCHECKED { self.unchecked } else { severity };
        let finding = Finding { severity, code, message, location: at.into(), help: None };
        let is_kept = self.has_room(severity);
        self.counts[severity as usize] += 1;
        if !is_kept {
            return self.dropped.insert(finding);
        }
        self.findings.push(finding);
        self.findings.last_mut().expect("a finding was pushed on the line above")
    }

    fn tolerable(&mut self, code: &'static str, at: impl Into<Location>, message: impl Into<String>) -> &mut Finding {
        self.push(self.tolerable, code, at, message.into())
    }

    fn error(&mut self, code: &'static str, at: impl Into<Location>, message: impl Into<String>) -> &mut Finding {
        self.push(Severity::Error, code, at, message.into())
    }

    fn warning(&mut self, code: &'static str, at: impl Into<Location>, message: impl Into<String>) -> &mut Finding {
        self.push(Severity::Warning, code, at, message.into())
    }

    fn note(&mut self, code: &'static str, at: impl Into<Location>, message: impl Into<String>) -> &mut Finding {
        self.push(Severity::Note, code, at, message.into())
    }
}

impl Severity {
    fn level(self) -> Level<'static> {
        match self {
            Self::Error => Level::ERROR,
            Self::Warning => Level::WARNING,
            Self::Note => Level::NOTE,
        }
    }
}

impl Diagnostic {
    /// The finding that counts those of a severity that are not kept.
    fn of_more(severity: Severity, count: usize, document: &Document) -> Self {
        let message = match (severity, count) {
            (Severity::Error, 1) => "1 more error is not shown".to_owned(),
            (Severity::Warning, 1) => "1 more warning is not shown".to_owned(),
            (Severity::Note, 1) => "1 more note is not shown".to_owned(),
            (Severity::Error, _) => format!("{count} more errors are not shown"),
            (Severity::Warning, _) => format!("{count} more warnings are not shown"),
            (Severity::Note, _) => format!("{count} more notes are not shown"),
        };
        let title = severity.level().primary_title(&*message).id(MORE);
        Self {
            rendered: Renderer::plain().render(&[Group::with_title(title)]),
            severity,
            code: MORE,
            file: document.files.values().next().map(|file| file.source.path.clone()).unwrap_or_default(),
            line: 1,
            column: 1,
            pointer: "#".to_owned(),
            message,
            help: None,
            count,
        }
    }
}

impl Finding {
    fn help(&mut self, help: impl Into<String>) {
        self.help = Some(help.into());
    }

    fn locate(self, document: &Document) -> Diagnostic {
        let origin = &self.location.origin;
        let span = document.span(&self.location);
        let source = document.source(origin, span);
        let (path, position) = document.position(origin, span);
        let pointer = origin.pointer.to_string();
        Diagnostic {
            rendered: self.render(&path, position, &pointer, source.map(|source| (source, span))),
            severity: self.severity,
            code: self.code,
            file: path,
            line: position.line,
            column: position.column,
            pointer,
            message: self.message,
            help: self.help,
            count: 1,
        }
    }

    fn render(&self, path: &str, position: Position, pointer: &str, text: Option<(&Source, Span)>) -> String {
        let level = self.severity.level();
        let (start, line) = text.map_or((0, ""), |(source, _)| source.line(position.line));
        let (from, to) = text.map_or((0, 0), |(_, span)| (span.start as usize - start, span.end as usize - start));
        let (part, from, to) = window(line, from, to.max(from));
        let [before, marked, after] = [&part[..from], &part[from..to], &part[to..]].map(printable_lines);
        let annotation = AnnotationKind::Primary.span(before.len()..before.len() + marked.len());
        let snippet =
            Snippet::source([before, marked, after].concat()).line_start(position.line).annotation(annotation);
        let (message, path, pointer) = (printable(&self.message), printable(path), printable(pointer));
        let title = level.primary_title(&*message).id(self.code);
        let mut group = if part.len() == line.len() {
            title.element(snippet.path(&*path))
        } else {
            // Columns in a part of a line differ from those in the file.
            let location = Header::path(&*path).line(position.line).char_column(position.column);
            title.element(location).element(snippet)
        };
        group = group.element(Level::NOTE.message(format!("at `{pointer}`")));
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(printable(help)));
        }
        let rendered = Renderer::plain().render(&[group]);
        // Between a location and a snippet without a path, there is an empty line.
        rendered.split('\n').filter(|line| line.trim() != ":::").collect::<Vec<_>>().join("\n")
    }
}

/// The number of bytes of a long line that are shown before and after the start of a finding.
const HALF_WINDOW: usize = 400;

/// The part of a line that is shown, and the range of the finding in it. A description may be one line of megabytes.
fn window(line: &str, from: usize, to: usize) -> (&str, usize, usize) {
    let (first, last) = if line.len() > 2 * HALF_WINDOW {
        (from.saturating_sub(HALF_WINDOW), from.saturating_add(HALF_WINDOW))
    } else {
        (0, line.len())
    };
    let (first, last) = (line.floor_char_boundary(first), line.floor_char_boundary(last));
    let shown = &line[first..last];
    let inside = |offset: usize| shown.floor_char_boundary(offset.saturating_sub(first));
    (shown, inside(from), inside(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_in_a_long_line_has_its_position_in_the_file() {
        let text = format!("{{\"openapi\": \"{}\", \"é\": 3}}", "9".repeat(5000));
        let report = crate::generate(vec![Source::new("long.json", text)], &crate::NoFiles, &Options::new("notes"))
            .expect_err("there is no such version");
        let rendered = report.to_string();
        assert!(rendered.contains(" --> long.json:1:13\n  |\n1 | ...\": \"999"), "{rendered}");
        assert!(rendered.lines().all(|line| line.chars().count() < 200 || line.starts_with("error")), "{rendered}");
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(window("key: value", 5, 10), ("key: value", 5, 10));
        assert_eq!(window("é", 1, 9), ("é", 0, 2));
        assert_eq!(window("", 0, 0), ("", 0, 0));
    }

    #[test]
    fn a_long_line_is_shown_in_part() {
        let line = format!("{}key{}", "é".repeat(5000), " ".repeat(5000));
        let (shown, from, to) = window(&line, 10_000, 10_003);
        assert_eq!(&shown[from..to], "key");
        assert_eq!(shown.len(), 2 * HALF_WINDOW);
        let (shown, from, to) = window(&line, 99_999, 99_999);
        assert_eq!((shown, from, to), ("", 0, 0));
    }
}
