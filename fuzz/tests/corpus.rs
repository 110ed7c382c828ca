//! The inputs that are kept, and a few that are made, through each target without a fuzzer.

use std::{collections::BTreeSet, fs, path::PathBuf};
use tell_connect_fuzz::TARGETS;

fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn inputs(target: &str) -> Vec<Vec<u8>> {
    let files = fs::read_dir(corpus().join(target)).unwrap();
    files.map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
}

#[test]
fn what_is_kept_for_each_target_holds() {
    for (name, check) in TARGETS {
        let inputs = inputs(name);
        assert!(inputs.len() >= 5, "{name} has inputs to begin with");
        for input in inputs {
            check(&input);
            // Cut off and repeated, it is an input as well.
            check(input.get(..input.len() / 2).unwrap_or_default());
            check(&[input.as_slice(), &input].concat());
        }
    }
}

#[test]
fn the_corpus_is_small_and_of_the_targets_alone() {
    let folders: BTreeSet<_> = fs::read_dir(corpus()).unwrap().map(|folder| folder.unwrap().file_name()).collect();
    assert_eq!(folders, TARGETS.iter().map(|(name, _)| (*name).into()).collect());
    let inputs: Vec<_> = TARGETS.iter().flat_map(|(name, _)| inputs(name)).collect();
    assert!(inputs.len() <= 220 && inputs.iter().map(Vec::len).sum::<usize>() <= 300_000);
}
