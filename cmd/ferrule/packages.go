package main

import (
	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule"
)

// packageFlags say what becomes of modules that rules require. They are those of all verbs that
// compile rules.
type packageFlags struct {
	allowMissing, noImplicit bool
}

func (f *packageFlags) register(verb *cobra.Command) {
	flags := verb.Flags()
	flags.BoolVar(&f.allowMissing, "allow-missing-modules", false, "go on without modules that are not installed: a stand-in throws when it is called")
	flags.BoolVar(&f.noImplicit, "no-implicit-modules", false, "leave out the variables that old runtimes had without a require: _, jwt, request, …")
}

// options are the compiler's options for rules with this prefix.
func (f *packageFlags) options(prefix string) ferrule.ModuleOptions {
	return ferrule.ModuleOptions{Dir: prefix, AllowMissing: f.allowMissing, NoImplicit: f.noImplicit}
}
