package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule/compiler/folder"
)

// folderFlags say how the rules at PATH are read. They are the same for all verbs.
type folderFlags struct {
	enable, disable, only, exclude []string
	mappings                       string
	noEnv                          bool
}

// Names of the deploy CLI's settings.
const (
	settingMappings = "AUTH0_KEYWORD_REPLACE_MAPPINGS"
	settingExcluded = "AUTH0_EXCLUDED_RULES"
)

func (f *folderFlags) register(verb *cobra.Command) {
	flags := verb.Flags()
	flags.StringSliceVar(&f.enable, "enable", nil, "run the rule `NAME`, whatever its file says (repeatable)")
	flags.StringSliceVar(&f.disable, "disable", nil, "do not run the rule `NAME` (repeatable)")
	flags.StringSliceVar(&f.only, "only", nil, "run the rule `NAME` and no other (repeatable)")
	flags.StringSliceVar(&f.exclude, "exclude", nil, "leave out the rule `NAME`, which need not exist (repeatable)")
	flags.StringVar(&f.mappings, "mappings", "", "values of @@KEYWORD@@ and ##KEYWORD## markers: a JSON object, or the deploy CLI's config.json, in `FILE`")
	flags.BoolVar(&f.noEnv, "no-env", false, "do not read keywords and the deploy CLI's settings from the environment")
	for _, name := range []string{"enable", "disable", "only", "exclude"} {
		must(verb.RegisterFlagCompletionFunc(name, completeRules))
	}
	must(verb.MarkFlagFilename("mappings", "json"))
}

// completeRules offers the names of the rules at the PATH that is already typed.
func completeRules(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	fsys, root, prefix := place(args[0])
	read, _ := folder.Read(fsys, root, folder.Options{Prefix: prefix})
	var names []string
	for _, rule := range read.Rules {
		names = append(names, rule.Name)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// place splits what the user calls PATH into a file system, the root below it, and
// the prefix that file names have in messages.
func place(name string) (fsys fs.FS, root, prefix string) {
	clean := filepath.Clean(name)
	if info, err := os.Stat(clean); err == nil && info.IsDir() {
		return os.DirFS(clean), ".", filepath.ToSlash(clean)
	}
	dir, base := filepath.Split(clean)
	if dir == "" {
		dir = "."
	}
	return os.DirFS(dir), base, filepath.ToSlash(filepath.Clean(dir))
}

// options are the folder reader's options for rules with this prefix.
func (f *folderFlags) options(c *command, prefix string) (folder.Options, error) {
	opts := folder.Options{
		Prefix: prefix, Enable: f.enable, Disable: f.disable, Only: f.only, Exclude: f.exclude,
		Mappings: map[string]any{},
	}
	if f.mappings != "" {
		if err := f.readMappings(c, &opts); err != nil {
			return opts, err
		}
	}
	if f.noEnv {
		return opts, nil
	}
	opts.Env = os.LookupEnv
	return opts, readSettings(&opts)
}

// readMappings reads the --mappings file. An object with one of the deploy CLI's
// settings is its config.json; any other object is the mappings themselves.
func (f *folderFlags) readMappings(c *command, opts *folder.Options) error {
	doc, err := c.readDocument("--mappings", f.mappings)
	if err != nil {
		return err
	}
	object, _, err := doc.object("the mappings")
	if err != nil {
		return err
	}
	mappings, hasMappings := object[settingMappings]
	excluded, hasExcluded := object[settingExcluded]
	if !hasMappings && !hasExcluded {
		opts.Mappings = object
		return nil
	}
	if hasMappings {
		values, ok := mappings.(map[string]any)
		if !ok {
			return usage("%s: %s must be an object", f.mappings, settingMappings)
		}
		opts.Mappings = values
	}
	if hasExcluded {
		list, ok := excluded.([]any)
		for _, element := range list {
			name, isText := element.(string)
			ok = ok && isText
			opts.Exclude = append(opts.Exclude, name)
		}
		if !ok {
			return usage("%s: %s must be a list of rule names", f.mappings, settingExcluded)
		}
	}
	return nil
}

// readSettings reads the deploy CLI's settings from the environment. Mappings there
// win over those of the file, key by key.
func readSettings(opts *folder.Options) error {
	if value := os.Getenv(settingMappings); value != "" {
		var mappings map[string]any
		if err := json.Unmarshal([]byte(value), &mappings); err != nil {
			return usage("the environment's %s is not a JSON object: %v", settingMappings, err)
		}
		for key, mapped := range mappings {
			opts.Mappings[key] = mapped
		}
	}
	if value := strings.TrimSpace(os.Getenv(settingExcluded)); value != "" {
		var names []string
		if err := json.Unmarshal([]byte(value), &names); err != nil {
			return usage("the environment's %s is not a JSON list of rule names: %v", settingExcluded, err)
		}
		opts.Exclude = append(opts.Exclude, names...)
	}
	return nil
}
