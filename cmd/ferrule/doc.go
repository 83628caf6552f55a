// Command ferrule runs Auth0-style rules, checks and explains folders of them.
//
//	ferrule run PATH      what the pipeline decides about a login, or about many
//	ferrule check PATH    everything that is wrong with the rules
//	ferrule explain PATH  what the rules do, in words, and where they need JavaScript
//	ferrule bench PATH    what a login costs, rule by rule and engine by engine
//	ferrule build PATH    the rules compiled, in one file
//	ferrule modules PATH  what the rules require, and what is missing
//
// PATH is a rule file, a deploy-cli YAML file, a folder of rules, or a file that build wrote. Results go to
// standard output; notes, progress and what rules do after they have answered go to
// standard error. --json prints one JSON object a line and nothing else.
//
// Exit status: 0 allowed, redirect or nothing wrong; 1 denied or failed (of many
// logins: any), or slower than its budget; 2 the command or a rule is wrong; 130 interrupted.
package main
