//! An env file as `wrangler dev --env-file` reads it: the lines of the npm package `dotenv`, with variables put in.

use super::{
    book::{Book, Verdict},
    checks::Check,
    place::Values,
};

/// Reads a file, and says what in it another reader, or the one who wrote it, would take otherwise.
pub(super) fn read(text: &str, book: &mut Book) -> Values {
    for check in [Check::FileText, Check::FileSyntax, Check::FileDuplicates, Check::FileComment, Check::FileVariable] {
        book.looked(check);
    }
    let mut warn = |is_so: bool, problem: &str| {
        if is_so {
            book.found(Check::FileText, Verdict::Warning, None, problem.to_owned());
        }
    };
    warn(
        text.starts_with('\u{feff}'),
        "It begins with a byte order mark, which some readers take for a part of the first name. Save it as UTF-8 \
         without one.",
    );
    warn(
        text.contains('\r'),
        "It has line ends of Windows: a value over several lines loses them, and a shell takes them for a part of the \
         value. Save it with plain line ends.",
    );
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = Reader { rest: text.trim_start_matches('\u{feff}'), line: 1, book, values: Values::new() };
    while !reader.rest.is_empty() {
        reader.entry();
    }
    reader.values
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    book: &'a mut Book,
    values: Values,
}

impl<'a> Reader<'a> {
    /// Reads a line, or as many as a value in quotes takes.
    fn entry(&mut self) {
        let line = self.rest.split('\n').next().unwrap_or_default();
        let written = line.trim_start();
        let entry = written.strip_prefix("export ").map_or(written, str::trim_start);
        let end = entry.find(|c: char| !is_of_name(c)).unwrap_or(entry.len());
        let (name, after) = entry.split_at_checked(end).unwrap_or_default();
        if written.is_empty() || written.starts_with('#') {
            return self.skip(line.len());
        }
        let Some(value) = after.trim_start_matches([' ', '\t']).strip_prefix('=').filter(|_| !name.is_empty()) else {
            self.note(Check::FileSyntax, Verdict::Fault, "It is neither a comment nor NAME=value, so it is not read.");
            return self.skip(line.len());
        };
        let value = value.trim_start_matches([' ', '\t']);
        // The value as it stands in the whole rest, which quotes may take further than this line.
        let before = line.len() - value.len();
        let from_here = self.rest.get(before..).unwrap_or_default();
        let (value, taken) = match from_here.chars().next() {
            Some(quote @ ('"' | '\'' | '`')) => match closing(from_here, quote) {
                Some(inside) => {
                    let taken = inside.len() + 2;
                    let behind = from_here.get(taken..).unwrap_or_default().split('\n').next().unwrap_or_default();
                    if !matches!(behind.trim_start().chars().next(), None | Some('#')) {
                        self.note(
                            Check::FileSyntax,
                            Verdict::Fault,
                            "Something stands behind the quote that ends the \
                            value. Write a quote inside of quotes of the other kind.",
                        );
                    }
                    let value =
                        if quote == '"' { inside.replace("\\n", "\n").replace("\\r", "\r") } else { inside.to_owned() };
                    (value, taken + behind.len())
                }
                None => {
                    self.note(
                        Check::FileSyntax,
                        Verdict::Fault,
                        "The quote that begins the value is never closed. Close it.",
                    );
                    (value.trim_end().to_owned(), value.len())
                }
            },
            Some(_) | None => (self.bare(value), value.len()),
        };
        let value = self.without_variables(name, &value);
        if self.values.insert(name.to_owned(), value).is_some() {
            self.note(
                Check::FileDuplicates,
                Verdict::Warning,
                &[name, " is written again: the last one counts. Remove the others."].concat(),
            );
        }
        self.skip(before + taken);
    }

    /// A value without quotes ends at a `#` or with its line.
    fn bare(&mut self, value: &str) -> String {
        if value.starts_with(['“', '”', '„', '‘', '’', '«']) {
            self.note(
                Check::FileSyntax,
                Verdict::Fault,
                "The value's quotes are those of a text processor, and so a part of it. Write \" or '.",
            );
        }
        let Some((before, _)) = value.split_once('#') else { return value.trim_end().to_owned() };
        if before.ends_with(|c: char| !c.is_whitespace()) {
            self.note(
                Check::FileComment,
                Verdict::Fault,
                "A # cuts the value off, though no space stands before it. Put the value into single quotes.",
            );
        }
        before.trim_end().to_owned()
    }

    /// `\$` is a dollar sign; any other begins a variable, which is left as it is here.
    fn without_variables(&mut self, name: &str, value: &str) -> String {
        let mut before = '\0';
        let mut chars = value.chars().peekable();
        while let Some(c) = chars.next() {
            let begins = chars.peek().is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '_' | '{'));
            if c == '$' && before != '\\' && begins {
                self.note(
                    Check::FileVariable,
                    Verdict::Warning,
                    &[
                        "A $ in ",
                        name,
                        " begins a variable, whatever quotes are around it. Write \\$ for a dollar sign.",
                    ]
                    .concat(),
                );
                break;
            }
            before = c;
        }
        value.replace("\\$", "$")
    }

    fn note(&mut self, check: Check, verdict: Verdict, problem: &str) {
        self.book.found(check, verdict, None, format!("Line {}: {problem}", self.line));
    }

    /// Goes on behind so many bytes and the line end after them.
    fn skip(&mut self, bytes: usize) {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line += taken.matches('\n').count() + 1;
        self.rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')
}

/// What stands between the quote at the beginning and the next one without a backslash.
fn closing(text: &str, quote: char) -> Option<&str> {
    let inside = text.get(1..)?;
    let mut before = '\0';
    for (at, c) in inside.char_indices() {
        if c == quote && before != '\\' {
            return inside.get(..at);
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests;
