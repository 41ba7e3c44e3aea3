//! Reads the real workspace: `cargo metadata` (offline, without dependencies) and every member's files.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::model::{Binary, Crate, Workspace};
use super::source::Source;

// The fields used of what `cargo metadata` prints,
// <https://doc.rust-lang.org/cargo/commands/cargo-metadata.html>.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
    src_path: PathBuf,
}

/// Reads the workspace at `root`.
pub(super) fn workspace(root: &Path) -> Result<Workspace, Box<dyn Error>> {
    let mut read = Workspace::default();
    let metadata = metadata(root)?;
    // As cargo spells it: `root` may lead through a link.
    let root = metadata.workspace_root.as_path();
    for package in &metadata.packages {
        let member = member(root, package)?;
        for file in rust_files(&root.join(&member.folder))? {
            let path = relative(root, &file)?;
            let source = Source::new(&path, &fs::read_to_string(&file)?);
            read.sources.push(source.map_err(|error| format!("{path}:{}: {error}", error.span().start().line))?);
        }
        read.crates.push(member);
    }
    Ok(read)
}

fn metadata(root: &Path) -> Result<Metadata, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--no-deps", "--offline", "--format-version", "1"];
    let output = Command::new(cargo).args(arguments).current_dir(root).output()?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn member(root: &Path, package: &Package) -> Result<Crate, Box<dyn Error>> {
    let folder = package.manifest_path.parent().ok_or("a manifest without a folder")?;
    let binaries = package.targets.iter().filter(|t| t.kind.iter().any(|k| k == "bin"));
    let binaries = binaries.map(|t| Ok(Binary { name: t.name.clone(), path: relative(root, &t.src_path)? }));
    Ok(Crate {
        name: package.name.clone(),
        folder: relative(root, folder)?,
        dependencies: package.dependencies.iter().map(|d| d.name.clone()).collect(),
        binaries: binaries.collect::<Result<_, Box<dyn Error>>>()?,
        readme: folder.join("README.md").is_file(),
    })
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn relative(root: &Path, path: &Path) -> Result<String, Box<dyn Error>> {
    Ok(path.strip_prefix(root)?.to_string_lossy().replace('\\', "/"))
}
