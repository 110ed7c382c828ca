//! The part of the text that is a sweep's.

use super::Read;
use crate::consent::{
    Day, Plan, Sweep,
    sweep::{Mark, Todo, Walk},
};
use crate::wire::json::{Object, Value};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct WrittenSweep<'a> {
    paths: &'a [String],
    times: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    views: bool,
    next_at: u64,
    asked: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    done_at: Option<u64>,
    #[serde(skip_serializing_if = "is_empty")]
    accounts: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<WrittenMark<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    todo: Vec<WrittenTodo<'a>>,
}

#[derive(Serialize)]
struct WrittenMark<'a> {
    path: &'a str,
    latest: String,
}

#[derive(Serialize)]
struct WrittenTodo<'a> {
    path: &'a str,
    not_before: u64,
    failures: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    walk: Option<WrittenWalk<'a>>,
}

#[derive(Serialize)]
struct WrittenWalk<'a> {
    began_at: u64,
    pages: u32,
    next: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
}

fn is_empty(accounts: &[String]) -> bool {
    accounts.is_empty()
}

impl<'a> WrittenSweep<'a> {
    pub(super) fn of(sweep: &'a Sweep) -> Self {
        let walk = |walk: &'a Walk| WrittenWalk {
            began_at: walk.began_at,
            pages: walk.pages,
            next: &walk.next,
            latest: walk.latest.map(Day::text),
        };
        let todo = |todo: &'a Todo| WrittenTodo {
            path: &todo.path,
            not_before: todo.not_before,
            failures: todo.failures,
            walk: todo.walk.as_ref().map(walk),
        };
        Self {
            paths: &sweep.plan.paths,
            times: sweep.plan.times,
            since: sweep.plan.since.map(Day::text),
            views: sweep.plan.views,
            next_at: sweep.next_at,
            asked: sweep.asked,
            done_at: sweep.done_at,
            accounts: &sweep.accounts,
            marks: sweep
                .marks
                .iter()
                .map(|mark| WrittenMark { path: &mark.path, latest: mark.latest.text() })
                .collect(),
            todo: sweep.todo.iter().map(todo).collect(),
        }
    }
}

impl Read<'_> {
    pub(super) fn sweep(&self) -> Option<Option<Sweep>> {
        match self.0.get("sweep") {
            Some(written) => Read(Object::parse(written.as_written()).ok()?).plan().map(Some),
            None => Some(None),
        }
    }

    fn plan(&self) -> Option<Sweep> {
        let paths = self.0.get("paths")?;
        Some(Sweep {
            plan: Plan {
                paths: texts(paths)?,
                times: self.count("times")??,
                since: self.day("since")?,
                views: self.flag("views")?,
            },
            next_at: self.time("next_at")??,
            asked: self.count("asked")??,
            done_at: self.time("done_at")?,
            accounts: self.0.get("accounts").map_or(Some(Vec::new()), texts)?,
            marks: self.list("marks", |read| Some(Mark { path: read.text("path")??, latest: read.day("latest")?? }))?,
            todo: self.list("todo", |read| {
                Some(Todo {
                    path: read.text("path")??,
                    not_before: read.time("not_before")??,
                    failures: read.count("failures")??.try_into().ok()?,
                    walk: match read.0.get("walk") {
                        Some(walk) => Some(Read(Object::parse(walk.as_written()).ok()?).walk()?),
                        None => None,
                    },
                })
            })?,
        })
    }

    fn walk(&self) -> Option<Walk> {
        Some(Walk {
            began_at: self.time("began_at")??,
            pages: self.count("pages")??,
            next: self.text("next")??,
            latest: self.day("latest")?,
        })
    }

    fn day(&self, name: &str) -> Option<Option<Day>> {
        match self.text(name)? {
            Some(text) => Day::parse(&text).map(Some),
            None => Some(None),
        }
    }
}

fn texts(list: Value<'_>) -> Option<Vec<String>> {
    list.items()?.into_iter().map(|item| Some(item.as_str()?.into_owned())).collect()
}
