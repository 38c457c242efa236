//! How large the package is for those who load it, as files and compressed, and what its budget allows.

use crate::files::{PACKAGE, read};
use crate::node;
use bulk_delete_core::json::Value;
use std::fmt;

/// Measures files, and scripts with all that they import; Node has both the bundler and the compression that servers use.
const SCRIPT: &str = include_str!("measure.mjs");

/// The module that takes contracts of the package, the one that takes any documents, and the mock.
const MODULES: [&str; 3] =
    ["dist/bulk-delete-lean.wasm", "dist/bulk-delete.wasm", "dist/mock/bulk-delete-mock.wasm"];

/// A number of bytes, plain and compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    raw: u64,
    gzip: u64,
}

#[derive(Debug)]
struct Row {
    what: String,
    size: Size,
    /// The most that it may have, compressed.
    budget: Option<u64>,
}

/// The sizes, and which of them are over their budget.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
    over: Vec<String>,
}

/// Measures the module, the glue around it, and these contracts.
pub(crate) fn measure(contracts: &[String]) -> Result<Table, String> {
    let budgets = Budgets::read()?;
    let files = contracts.iter().map(|name| format!("dist/contracts/{name}.js"));
    let files: Vec<String> = MODULES.map(str::to_owned).into_iter().chain(files).collect();
    let arguments = ["--input-type=module", "--eval", SCRIPT, "--"].map(str::to_owned);
    let measured = node::run(arguments.iter().chain(&files))?;
    let measured = Value::parse(&measured).map_err(|error| format!("the sizes cannot be read: {error}"))?;
    let size = |pointer: &str| {
        let size = measured.at(pointer).and_then(|size| {
            Some(Size { raw: size.get("raw")?.as_u64()?, gzip: size.get("gzip")?.as_u64()? })
        });
        size.ok_or_else(|| format!("the sizes lack {pointer}"))
    };
    let (lean, whole, glue) = (size("/files/0")?, size("/files/1")?, size("/main/minified")?);
    let with_glue = |module: Size| Size { raw: module.raw + glue.raw, gzip: module.gzip + glue.gzip };
    let mut table = Table::default();
    table.add("the engine's module, for the package's contracts", lean, None);
    table.add("the engine's module, for any documents", whole, None);
    table.add("the glue around it, as it is", size("/main/sources")?, None);
    table.add("the glue around it, minified", glue, None);
    table.add("engine with glue", with_glue(lean), Some(budgets.of("engine with glue")?));
    let name = "engine with glue, for any documents";
    table.add(name, with_glue(whole), Some(budgets.of(name)?));
    table.add("both in one script, minified", size("/inline/minified")?, Some(budgets.of("inline")?));
    let (mock, glue) = (size("/files/2")?, size("/mock/minified")?);
    table.add("the mock's module", mock, None);
    let with_glue = Size { raw: mock.raw + glue.raw, gzip: mock.gzip + glue.gzip };
    table.add("mock with glue", with_glue, Some(budgets.of("mock with glue")?));
    for (place, name) in contracts.iter().enumerate() {
        let size = size(&format!("/files/{}", place + MODULES.len()))?;
        table.add(&format!("contract {name}"), size, Some(budgets.of("contract")?));
    }
    Ok(table)
}

/// The budgets by name, in bytes after compression.
struct Budgets(Value);

impl Budgets {
    fn read() -> Result<Self, String> {
        let path = format!("{PACKAGE}/budgets.json");
        Value::parse(&read(&path)?).map(Self).map_err(|error| format!("{path} is not JSON: {error}"))
    }

    fn of(&self, name: &str) -> Result<u64, String> {
        let budget = self.0.get(name).and_then(Value::as_u64);
        budget.ok_or_else(|| format!("{PACKAGE}/budgets.json has no number of bytes for `{name}`"))
    }
}

impl Table {
    fn add(&mut self, what: &str, size: Size, budget: Option<u64>) {
        if let Some(budget) = budget.filter(|budget| size.gzip > *budget) {
            self.over.push(format!("{what} has {} bytes of {}", grouped(size.gzip), grouped(budget)));
        }
        self.rows.push(Row { what: what.to_owned(), size, budget });
    }

    /// What is over its budget, each in a few words.
    pub(crate) fn over(&self) -> &[String] {
        &self.over
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.rows.iter().map(|row| row.what.len()).max().unwrap_or_default();
        writeln!(f, "{:width$}  {:>9}  {:>9}  {:>9}", "bytes", "plain", "gzip", "at most")?;
        for Row { what, size, budget } in &self.rows {
            let budget = budget.map(grouped).unwrap_or_default();
            let line =
                format!("{what:width$}  {:>9}  {:>9}  {budget:>9}", grouped(size.raw), grouped(size.gzip));
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// A number with commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Size, Table};

    #[test]
    fn tells_what_is_over_its_budget() {
        let mut table = Table::default();
        let size = Size { raw: 12_345_678, gzip: 2_561 };
        table.add("one", size, Some(2_560));
        table.add("another", size, Some(2_561));
        table.add("a third", size, None);
        assert_eq!(table.over(), ["one has 2,561 bytes of 2,560"]);
        let expected = "\
bytes        plain       gzip    at most
one      12,345,678      2,561      2,560
another  12,345,678      2,561      2,561
a third  12,345,678      2,561
";
        assert_eq!(table.to_string(), expected);
    }
}
