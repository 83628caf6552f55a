// Package emit turns a rule of compiler/ir into its saved form, runtime/program: numbered
// expressions with their texts for expr and CEL, paths, variables and steps.
package emit
