#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;

type Pairs = Vec<(String, String)>;

/// What is read of a file, and what is found in it: the check's name and its line.
fn read_all(text: &str) -> (Pairs, Pairs) {
    let mut book = Book::default();
    let values = read(text, &mut book);
    let found = |row: crate::host::doctor::Row| {
        let line = |problem: String| problem.split(':').next().unwrap_or_default().to_owned();
        row.findings.into_iter().map(move |finding| (row.name.to_owned(), line(finding.problem)))
    };
    (values.into_iter().collect(), book.report(None, None, 0).checks.into_iter().flat_map(found).collect())
}

fn value(text: &str) -> String {
    let (values, found) = read_all(&format!("A={text}\nB=1\n"));
    assert_eq!((values.len(), found), (2, Vec::new()), "{text}");
    values[0].1.clone()
}

#[test]
fn cfg_4_an_env_file_is_read_as_wrangler_reads_it() {
    let read = [
        ("plain", "plain"),
        ("  spaces around \t", "spaces around"),
        ("", ""),
        ("a=b==", "a=b=="),
        ("\"two\\nlines\\r\\n\"", "two\nlines\r\n"),
        ("'two\\nlines'", "two\\nlines"),
        ("`back \"tick'`", "back \"tick'"),
        ("\"over\nlines\n\"", "over\nlines\n"),
        ("'a # b' # a comment", "a # b"),
        ("plain # a comment", "plain"),
        ("'a\\$b'", "a$b"),
        ("cost$", "cost$"),
        ("\"it's\"", "it's"),
    ];
    for (written, meant) in read {
        assert_eq!(value(written), meant, "{written}");
    }
    let (values, found) = read_all("# a comment\n\n  export A = 1\nB=2");
    assert_eq!(values, [("A".to_owned(), "1".to_owned()), ("B".to_owned(), "2".to_owned())]);
    assert_eq!(found, []);
}

#[test]
fn cfg_4_what_another_would_read_otherwise_is_named_by_its_line() {
    let cases = [
        ("B=1\nA\n", "file-syntax", "Line 2"),
        ("= 1\n", "file-syntax", "Line 1"),
        ("A=\"open\nB=1\n", "file-syntax", "Line 1"),
        ("A='a' b\n", "file-syntax", "Line 1"),
        ("A=“a”\n", "file-syntax", "Line 1"),
        ("A=\"over\nlines\"\nA=2\n", "file-duplicates", "Line 3"),
        ("A=a#b\n", "file-comment", "Line 1"),
        ("A='a$b'\n", "file-variable", "Line 1"),
        ("A=${b}\n", "file-variable", "Line 1"),
    ];
    for (text, check, line) in cases {
        assert_eq!(read_all(text).1, [(check.to_owned(), line.to_owned())], "{text}");
    }
    for text in ["\u{feff}A=1\n", "A=1\r\nB=2\r\n"] {
        let (values, found) = read_all(text);
        assert_eq!((values[0].1.as_str(), found.len(), found[0].0.as_str()), ("1", 1, "file-text"), "{text}");
    }
}

proptest! {
    #[test]
    fn cfg_4_a_value_that_is_quoted_is_read_as_it_was(value in "[ -!#-\\[\\]-~\n]{0,40}", rest in "[A-Z]{1,5}=[a-z]{0,5}") {
        let written = value.replace('$', "\\$").replace('\n', "\\n");
        let (values, found) = read_all(&format!("_NAME=\"{written}\"\n{rest}\n"));
        prop_assert_eq!(&values.last().unwrap().1, &value);
        prop_assert_eq!(found, Vec::new());
    }

    #[test]
    fn err_2_nothing_of_a_value_is_told_of_any_file(text in "([A-Z_ ]{0,4}[=\"'`#$ \n\r\u{feff}]{0,3}0z9q[\"'`#$ \n\r]{0,3}){0,6}") {
        let mut book = Book::default();
        read(&text, &mut book);
        let told = serde_json::to_string(&book.report(None, None, 0)).unwrap();
        prop_assert!(!told.contains("0z9q") || text.split(['\n', '\r']).any(|line| line.contains("0z9q") && line.contains('=')
            && told.contains(line.split('=').next().unwrap().trim())), "{}", told);
    }
}
