// Package modules answers what rules require, and where it is.
//
// [Find] reads the requires of a rule from its syntax tree: names that are written there, and
// those that are put together of constants ('axios@' + version). A [Specifier] is what require is
// called with, as the platform reads it: name@1.2.3, @scope/name@1.2.3/sub/path, node:crypto.
// [Resolver.Resolve] says what it stands for, in this order:
//
//   - a name of one of Node's core modules, without a version, and bcrypt with any: core;
//   - a package that is installed beside the rules: node_modules of the rule's folder, then of
//     each folder above it. A version asks for that very version, which npm installs under an
//     alias ([Specifier.Alias]: axios@0.21.1 in node_modules/axios-0.21.1), or which the package
//     under its own name has. The package.json that is found there decides;
//   - else it is missing. Paths ("./helper", "/etc/passwd") are refused: a rule has no files.
//
// A [Manifest] is the package.json that a plain `npm install` needs to install what is missing.
// A name without a version gets the version of a table there ([DefaultVersion]): the newest that
// the platform is documented to have had; for the variables of old runtimes (_, jwt, …) the one
// behind the variable. A name that is not in the table gets "*": npm then chooses the newest and
// keeps it in package-lock.json.
//
// [Bundle] makes one script of all packages that the rules of a pipeline require, so that nothing
// is looked up at login.
//
// The package reads folders on disk and never writes there, never asks the network and never runs
// what it finds.
package modules
