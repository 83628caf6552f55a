// Package folder reads rules as people keep them: one file, a plain folder of
// scripts, the repository of a deploy extension, or an export of the deploy CLI
// as a directory or as YAML. What goes in is an [io/fs.FS] and a path in it; what
// comes out is a [Folder]: named rules in the order in which they run, each with
// its script after keyword replacement, and the configuration.
//
// The package never parses JavaScript, never reads the process's environment and
// never reads a file outside the root, not through `..`, not through a symbolic
// link (where the file system tells links apart, see [io/fs.ReadLinkFS]).
//
// # Formats
//
//	File       one .js or .ts file                     a pipeline of one rule
//	YAML       a .yaml or .yml file with `rules`       contract of the deploy CLI
//	DeployCLI  rules/<any>.json, which name scripts    contract of the deploy CLI
//	Extension  rules/<name>.js, optional <name>.json   contract of the deploy extensions
//	Plain      *.js and *.ts side by side              file-name order
//
// [Auto] decides by what is there, in this order, and says why in [Folder].Reason:
//
//  1. The root is a file: its extension decides between File and YAML.
//  2. The folder holds a pipeline file: YAML. That is tenant.yaml (or .yml) with
//     a `rules` section, else the one other YAML file whose
//     `rules` list names scripts. Two such files are ambiguous, and so is one
//     beside a folder `rules` with metadata files: the format must then be named.
//  3. The folder holds a folder `rules`: DeployCLI when a .json file directly in
//     it has a text `script`, else Extension.
//  4. A .json file directly in the folder has a text `script` and a `name`:
//     DeployCLI, the root being the `rules` folder itself.
//  5. Else Plain.
//
// # What is no rule
//
// Names that start with a dot, folders called node_modules, *.d.ts, *.test.js,
// *.test.ts, *.test.json and *.test.yaml are passed over; [Folder].Files lists them
// with the reason. Extensions are matched without regard to case.
//
// # Positions
//
// All diagnostics speak of the files as they are on disk. A script's text after
// keyword replacement may be longer and have other lines; [Rule.Position],
// [Rule.Span] and [Rule.Relocate] lead back.
package folder
