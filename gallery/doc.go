// Package gallery holds rule templates: for each a folder NAME with the rule in rule.js, what people
// should know of it in template.yaml, and cases of `ferrule test` in NAME.test.yaml.
//
// What goes in is nothing: the folders are embedded. What comes out are [Template] values, of which
// `ferrule new` writes the files. The package does not run rules.
//
// The rules are written for this project, in JavaScript of today. Each has cases for what it is there
// for, for the login that it denies or passes over, for data that is not there and, if it
// calls a service, for a service that fails. A test runs all cases on all engines.
//
// # template.yaml
//
//	title: One line
//	overview: One sentence.
//	categories: [access control]     # of Categories
//	use_cases: ["10b"]               # the numbers of the list of use cases that it shows
//	description: Some sentences in Markdown.
//	configuration:                   # settings that the rule needs, with a value to begin with
//	  - {name: CRM_KEY, example: the key, about: where it is from}
//	optional:                        # settings that it can do without
//	  - {name: CRM_URL, example: https://crm.example.com, about: what it changes}
//	modules: [crypto]                # what it requires
//	calls: [crm.example.com]         # hosts; in braces what names the host: a setting or an answer
//
// Members that are not in this list are errors.
package gallery
