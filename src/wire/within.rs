//! A text within another. Sought character by character: with what std seeks by in long texts, the wasm would be two
//! kilobytes larger.

/// What stands before and behind the first of such parts.
pub(crate) fn split_around<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    text.char_indices().find_map(|(at, _)| {
        let (before, rest) = text.split_at_checked(at)?;
        Some((before, rest.strip_prefix(part)?))
    })
}

/// The text with another in place of each such part.
pub(crate) fn replace(text: &str, part: &str, by: &str) -> String {
    let (mut replaced, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = split_around(rest, part) {
        replaced.extend([before, by]);
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_part_is_found_where_std_finds_it(text in "[ab…]{0,12}", part in "[ab…]{1,3}") {
            prop_assert_eq!(split_around(&text, &part), text.split_once(&part));
            prop_assert_eq!(replace(&text, &part, "b-"), text.replace(&part, "b-"));
        }
    }
}
