//! JSON by the byte.
//!
//! What is signed is text, so the core never re-serialises: it checks a text against RFC 8259 ([`check`]), reads
//! members of an object as slices of the text ([`Object`]), and writes members in a fixed order ([`Writer`]).

use crate::Error;
use alloc::{borrow::Cow, string::String, vec::Vec};

/// Deepest nesting of arrays and objects that is read. The scanner recurses, so this bounds the stack.
pub const MAX_DEPTH: usize = 64;

/// Accepts exactly the JSON texts of RFC 8259, nested at most [`MAX_DEPTH`] deep.
///
/// # Errors
/// [`Error::Json`], [`Error::JsonDepth`].
pub fn check(text: &str) -> Result<(), Error> {
    let mut scanner = Scanner { text, at: 0 };
    scanner.space();
    scanner.value(0)?;
    scanner.end()
}

/// A value as the text holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// A string, still escaped, without its quotes.
    String(&'a str),
    /// A number, as written.
    Number(&'a str),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// An array or an object, as written.
    Nested(&'a str),
}

impl<'a> Value<'a> {
    /// The string's characters; `None` for another kind of value or a lone surrogate escape.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        match self {
            Self::String(escaped) => unescape(escaped),
            Self::Number(_) | Self::Bool(_) | Self::Null | Self::Nested(_) => None,
        }
    }

    /// `true` or `false`; `None` for another kind of value.
    #[cfg(feature = "sign")]
    pub fn as_bool(self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(value) } else { None }
    }

    /// The number, when it is a whole one that fits.
    pub fn as_u64(self) -> Option<u64> {
        match self {
            Self::Number(digits) => digits.parse().ok(),
            Self::String(_) | Self::Bool(_) | Self::Null | Self::Nested(_) => None,
        }
    }
}

/// The members of one JSON object, in the order written.
#[derive(Clone, Debug)]
pub struct Object<'a> {
    members: Vec<(Cow<'a, str>, Value<'a>)>,
}

impl<'a> Object<'a> {
    /// Reads a text that is one JSON object.
    ///
    /// # Errors
    /// [`Error::Json`] when it is anything else, [`Error::JsonDepth`].
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        let mut scanner = Scanner { text, at: 0 };
        let mut members = Vec::new();
        scanner.space();
        if scanner.peek() != Some(b'{') {
            return Err(Error::Json);
        }
        scanner.members(0, &mut |name, value| {
            members.push((unescape(name).ok_or(Error::Json)?, value));
            Ok(())
        })?;
        scanner.end()?;
        Ok(Self { members })
    }

    /// The first member of that name.
    pub fn get(&self, name: &str) -> Option<Value<'a>> {
        self.members.iter().find(|(found, _)| found == name).map(|(_, value)| *value)
    }

    /// The string member of that name.
    pub fn str(&self, name: &str) -> Option<Cow<'a, str>> {
        self.get(name)?.as_str()
    }

    /// The string member of that name, to be kept.
    #[cfg(feature = "sign")]
    pub fn text(&self, name: &str) -> Option<String> {
        Some(self.str(name)?.into_owned())
    }

    /// The whole-number member of that name.
    pub fn u64(&self, name: &str) -> Option<u64> {
        self.get(name)?.as_u64()
    }

    /// Whether a name stands twice, which two readers could take differently.
    pub fn has_duplicates(&self) -> bool {
        self.members
            .iter()
            .enumerate()
            .any(|(at, (name, _))| self.members.iter().take(at).any(|(other, _)| other == name))
    }

    /// The members, in the order written.
    pub fn members(&self) -> impl Iterator<Item = (&str, Value<'a>)> {
        self.members.iter().map(|(name, value)| (name.as_ref(), *value))
    }
}

/// The items of a text that is one JSON array, each as written.
///
/// # Errors
/// [`Error::Json`] when it is anything else, [`Error::JsonDepth`].
pub fn items(text: &str) -> Result<Vec<Value<'_>>, Error> {
    let mut scanner = Scanner { text, at: 0 };
    let mut items = Vec::new();
    scanner.space();
    if scanner.peek() != Some(b'[') {
        return Err(Error::Json);
    }
    scanner.items(0, &mut |value| items.push(value))?;
    scanner.end()?;
    Ok(items)
}

/// The strings of an array of nothing else.
#[cfg(feature = "sign")]
pub(crate) fn strings(value: Value<'_>) -> Option<Vec<String>> {
    let Value::Nested(list) = value else { return None };
    let mut strings = Vec::new();
    for item in items(list).ok()? {
        strings.push(item.as_str()?.into_owned());
    }
    Some(strings)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn take(&mut self, byte: u8) -> bool {
        let taken = self.peek() == Some(byte);
        self.at += usize::from(taken);
        taken
    }

    fn expect(&mut self, byte: u8) -> Result<(), Error> {
        if self.take(byte) { Ok(()) } else { Err(Error::Json) }
    }

    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn end(&mut self) -> Result<(), Error> {
        self.space();
        if self.peek().is_none() { Ok(()) } else { Err(Error::Json) }
    }

    fn value(&mut self, depth: usize) -> Result<Value<'a>, Error> {
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.string().map(Value::String),
            Some(b'{') => {
                self.members(depth, &mut |_, _| Ok(()))?;
                Ok(Value::Nested(self.since(start)))
            }
            Some(b'[') => {
                self.items(depth, &mut |_| ())?;
                Ok(Value::Nested(self.since(start)))
            }
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(_) => self.number(),
            None => Err(Error::Json),
        }
    }

    fn members(
        &mut self,
        depth: usize,
        each: &mut dyn FnMut(&'a str, Value<'a>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.enter(b'{', depth)?;
        if self.take(b'}') {
            return Ok(());
        }
        loop {
            let name = self.string()?;
            self.space();
            self.expect(b':')?;
            self.space();
            let value = self.value(depth + 1)?;
            each(name, value)?;
            if self.closes(b'}')? {
                return Ok(());
            }
        }
    }

    fn items(&mut self, depth: usize, each: &mut dyn FnMut(Value<'a>)) -> Result<(), Error> {
        self.enter(b'[', depth)?;
        if self.take(b']') {
            return Ok(());
        }
        loop {
            each(self.value(depth + 1)?);
            if self.closes(b']')? {
                return Ok(());
            }
        }
    }

    fn enter(&mut self, open: u8, depth: usize) -> Result<(), Error> {
        if depth >= MAX_DEPTH {
            return Err(Error::JsonDepth);
        }
        self.expect(open)?;
        self.space();
        Ok(())
    }

    fn closes(&mut self, close: u8) -> Result<bool, Error> {
        self.space();
        if self.take(close) {
            return Ok(true);
        }
        self.expect(b',')?;
        self.space();
        Ok(false)
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, Error> {
        let start = self.at;
        self.at += word.len();
        if self.text.get(start..self.at) == Some(word) { Ok(value) } else { Err(Error::Json) }
    }

    fn string(&mut self) -> Result<&'a str, Error> {
        self.expect(b'"')?;
        let start = self.at;
        loop {
            match self.next() {
                Some(b'"') => return self.text.get(start..self.at - 1).ok_or(Error::Json),
                Some(b'\\') => match self.next() {
                    Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
                    Some(b'u') if (0..4).all(|_| self.next().is_some_and(|digit| digit.is_ascii_hexdigit())) => {}
                    _ => return Err(Error::Json),
                },
                Some(0x20..) => {}
                Some(_) | None => return Err(Error::Json),
            }
        }
    }

    fn number(&mut self) -> Result<Value<'a>, Error> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Ok(Value::Number(self.since(start)))
    }

    fn digits(&mut self) -> Result<(), Error> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err(Error::Json) } else { Ok(()) }
    }
}

fn unescape(escaped: &str) -> Option<Cow<'_, str>> {
    if !escaped.bytes().any(|byte| byte == b'\\') {
        return Some(Cow::Borrowed(escaped));
    }
    let mut plain = String::with_capacity(escaped.len());
    let mut chars = escaped.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => match chars.next()? {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let unit = hex4(&mut chars)?;
                    let point = match unit {
                        0xd800..=0xdbff => {
                            if chars.next() != Some('\\') || chars.next() != Some('u') {
                                return None;
                            }
                            let low = hex4(&mut chars)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                            0x10000 + ((unit - 0xd800) << 10) + low
                        }
                        _ => unit,
                    };
                    char::from_u32(point)?
                }
                other => other,
            },
            other => other,
        });
    }
    Some(Cow::Owned(plain))
}

fn hex4(chars: &mut core::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |unit, _| Some(unit << 4 | chars.next()?.to_digit(16)?))
}

/// Writes one JSON object, members in the order given, without white space.
#[derive(Clone, Debug)]
pub struct Writer {
    text: String,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// An object without members yet.
    pub fn new() -> Self {
        Self { text: String::from("{") }
    }

    /// Adds a string member.
    #[must_use]
    pub fn str(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        push_string(&mut self.text, value);
        self
    }

    /// Adds a whole-number member.
    #[must_use]
    pub fn u64(mut self, name: &str, value: u64) -> Self {
        self.name(name);
        push_decimal(&mut self.text, value);
        self
    }

    /// Adds a member whose value is JSON already.
    #[must_use]
    pub fn raw(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        self.text.push_str(value);
        self
    }

    /// Adds what `add` adds, when there is a value.
    #[must_use]
    pub fn when<T>(self, value: Option<T>, add: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => add(self, value),
            None => self,
        }
    }

    /// The object's text.
    #[must_use]
    pub fn end(mut self) -> String {
        self.text.push('}');
        self.text
    }

    fn name(&mut self, name: &str) {
        if self.text.len() > 1 {
            self.text.push(',');
        }
        push_string(&mut self.text, name);
        self.text.push(':');
    }
}

pub(crate) fn push_string(text: &mut String, value: &str) {
    text.push('"');
    if !value.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        text.push_str(value);
        text.push('"');
        return;
    }
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\0'..='\u{1f}' => {
                let byte = u32::from(c);
                text.push_str("\\u00");
                text.push(if byte > 0xf { '1' } else { '0' });
                text.extend(char::from_digit(byte & 0xf, 16));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}

/// A number in decimal.
#[cfg(feature = "sign")]
pub(crate) fn decimal(value: u64) -> String {
    let mut text = String::new();
    push_decimal(&mut text, value);
    text
}

/// Appends a number in decimal. (`core::fmt` would cost the browser build a fifth of its size.)
fn push_decimal(text: &mut String, value: u64) {
    if value >= 10 {
        push_decimal(text, value / 10);
    }
    text.extend(u32::try_from(value % 10).ok().and_then(|digit| char::from_digit(digit, 10)));
}

#[cfg(test)]
mod tests;
