//! JSON checked as it comes: chunk by chunk, so that no answer has to be in memory a second time for it (`ACC-7`).
//!
//! The verdict is that of [`json::check`](super::json::check) on the same bytes as UTF-8. What is kept is one bit for
//! each list or object that is open, however many those are.

/// A text that comes in chunks.
#[derive(Clone, Debug, Default)]
pub struct JsonStream {
    at: At,
    /// Whether the string at hand is a member's name.
    is_name: bool,
    /// One bit a level, set for an object.
    open: Vec<u8>,
    depth: usize,
}

/// What stands before the next byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum At {
    /// Nothing at all.
    #[default]
    Start,
    /// A value comes.
    Value,
    /// A list was opened.
    List,
    /// An object was opened.
    Object,
    /// A comma in an object.
    Name,
    /// A member's name.
    Colon,
    /// A whole value.
    After,
    /// In a string.
    Text,
    Escape,
    /// So many hexadecimal digits come.
    Hex(u8),
    /// So many bytes of a character come, the first of them within these.
    Character(u8, u8, u8),
    /// The rest of `true`, `false` or `null` comes.
    Word(&'static [u8]),
    Minus,
    Zero,
    Whole,
    Point,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits,
    Wrong,
}

impl JsonStream {
    /// Takes the next bytes.
    pub fn take(&mut self, chunk: &[u8]) {
        let mut rest = chunk;
        while let [byte, after @ ..] = rest {
            self.at = self.after(*byte);
            rest = after;
            if self.at == At::Text {
                // Most of a text is in strings, and most of a string is plain: that is skipped in a tight loop.
                let is_plain = |byte: &u8| *byte >= 0x20 && *byte < 0x80 && *byte != b'"' && *byte != b'\\';
                let end = rest.iter().position(|byte| !is_plain(byte)).unwrap_or(rest.len());
                rest = rest.get(end..).unwrap_or_default();
            }
        }
    }

    /// Whether what came is all of an answer's body: nothing at all, or exactly one JSON text (RFC 8259).
    pub fn is_whole(&self) -> bool {
        let is_ended = matches!(self.at, At::After | At::Zero | At::Whole | At::Fraction | At::ExponentDigits);
        self.at == At::Start || (is_ended && self.depth == 0)
    }

    fn after(&mut self, byte: u8) -> At {
        match (self.at, byte) {
            (At::Text, b'"') if self.is_name => At::Colon,
            (At::Text, b'"') => At::After,
            (At::Text, b'\\') => At::Escape,
            (At::Text, _) => character(byte),
            (At::Character(1, from, to), _) if (from..=to).contains(&byte) => At::Text,
            (At::Character(left, from, to), _) if (from..=to).contains(&byte) => At::Character(left - 1, 0x80, 0xbf),
            (At::Escape, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => At::Text,
            (At::Escape, b'u') => At::Hex(4),
            (At::Hex(1), _) if byte.is_ascii_hexdigit() => At::Text,
            (At::Hex(left), _) if byte.is_ascii_hexdigit() => At::Hex(left - 1),
            (At::Word([last]), _) if *last == byte => At::After,
            (At::Word([next, rest @ ..]), _) if *next == byte => At::Word(rest),
            (At::Minus, b'0') => At::Zero,
            (At::Minus, b'1'..=b'9') | (At::Whole, b'0'..=b'9') => At::Whole,
            (At::Zero | At::Whole, b'.') => At::Point,
            (At::Point | At::Fraction, b'0'..=b'9') => At::Fraction,
            (At::Zero | At::Whole | At::Fraction, b'e' | b'E') => At::Exponent,
            (At::Exponent, b'+' | b'-') => At::ExponentSign,
            (At::Exponent | At::ExponentSign | At::ExponentDigits, b'0'..=b'9') => At::ExponentDigits,
            (At::Zero | At::Whole | At::Fraction | At::ExponentDigits, _) => self.between(At::After, byte),
            (at, _) => self.between(at, byte),
        }
    }

    /// The next byte outside of strings, numbers and words.
    fn between(&mut self, at: At, byte: u8) -> At {
        match (at, byte) {
            (At::Start, b' ' | b'\t' | b'\n' | b'\r') => At::Value,
            (At::Value | At::List | At::Object | At::Name | At::Colon | At::After, b' ' | b'\t' | b'\n' | b'\r') => at,
            (At::List, b']') | (At::Object, b'}') => self.close(),
            (At::Start | At::Value | At::List, _) => self.value(byte),
            (At::Object | At::Name, b'"') => {
                self.is_name = true;
                At::Text
            }
            (At::Colon, b':') => At::Value,
            (At::After, b',') if self.depth > 0 => {
                if self.is_in_object() {
                    At::Name
                } else {
                    At::Value
                }
            }
            (At::After, b']') if self.depth > 0 && !self.is_in_object() => self.close(),
            (At::After, b'}') if self.is_in_object() => self.close(),
            _ => At::Wrong,
        }
    }

    fn value(&mut self, first: u8) -> At {
        match first {
            b'"' => {
                self.is_name = false;
                At::Text
            }
            b'[' => self.open(false),
            b'{' => self.open(true),
            b't' => At::Word(b"rue"),
            b'f' => At::Word(b"alse"),
            b'n' => At::Word(b"ull"),
            b'-' => At::Minus,
            b'0' => At::Zero,
            b'1'..=b'9' => At::Whole,
            _ => At::Wrong,
        }
    }

    fn open(&mut self, is_object: bool) -> At {
        let (byte, bit) = place(self.depth);
        if byte == self.open.len() {
            self.open.push(0);
        }
        if let Some(levels) = self.open.get_mut(byte) {
            *levels = if is_object { *levels | bit } else { *levels & !bit };
        }
        self.depth += 1;
        if is_object { At::Object } else { At::List }
    }

    fn close(&mut self) -> At {
        self.depth = self.depth.saturating_sub(1);
        At::After
    }

    fn is_in_object(&self) -> bool {
        let Some(level) = self.depth.checked_sub(1) else { return false };
        let (byte, bit) = place(level);
        self.open.get(byte).is_some_and(|levels| levels & bit != 0)
    }
}

/// Where a level's bit is.
fn place(level: usize) -> (usize, u8) {
    (level / 8, 1 << (level % 8))
}

/// A byte of a string that is neither its end nor an escape (RFC 3629).
fn character(first: u8) -> At {
    match first {
        0x20..=0x7f => At::Text,
        0xc2..=0xdf => At::Character(1, 0x80, 0xbf),
        0xe0 => At::Character(2, 0xa0, 0xbf),
        0xed => At::Character(2, 0x80, 0x9f),
        0xe1..=0xef => At::Character(2, 0x80, 0xbf),
        0xf0 => At::Character(3, 0x90, 0xbf),
        0xf1..=0xf3 => At::Character(3, 0x80, 0xbf),
        0xf4 => At::Character(3, 0x80, 0x8f),
        _ => At::Wrong,
    }
}

#[cfg(test)]
mod tests;
