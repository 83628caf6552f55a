package ferrule_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/ast/diag"
)

// notByJSON are the exits of a run that no login in JSON brings about.
var notByJSON = map[diag.Code]bool{diag.KeyOrder: true, diag.ForeignValue: true, diag.StoreRefused: true, diag.Forced: true}

// TestExitExamples runs the examples of exits that depend on values: with their login the
// rule leaves by that code, and the rule that the advice makes of it does not.
func TestExitExamples(t *testing.T) {
	lowers := leaves(t, "probe.js", `function (user, context, callback) { callback(null, user, context); }`, `{}`).Engine != "js"
	for _, row := range diag.Table() {
		if row.Severity != diag.Exit || row.Stage != "run" || notByJSON[row.Code] {
			continue
		}
		t.Run(string(row.Code), func(t *testing.T) {
			archive, err := txtar.ParseFile(filepath.Join("testdata", "diag", string(row.Code)+".txtar"))
			require.NoError(t, err)
			files := map[string]string{}
			for _, f := range archive.Files {
				files[f.Name] = string(f.Data)
			}
			before := leaves(t, "before.js", files["before.js"], files["login.json"])
			if lowers && assert.NotNil(t, before.Exit, "before.js does not leave") {
				assert.Equal(t, string(row.Code), before.Exit.Code)
			}
			if files["after.js"] != "" {
				after := leaves(t, "after.js", files["after.js"], files["login.json"])
				assert.Nil(t, after.Exit)
			}
		})
	}
}

// leaves runs a login through one rule and answers the report of it.
func leaves(t *testing.T, name, src, login string) ferrule.RuleReport {
	t.Helper()
	p, err := ferrule.Compile(name, src, &ferrule.Options{Limits: ferrule.Limits{Timeout: 300 * time.Millisecond}})
	require.NoError(t, err)
	var in struct{ User, Context map[string]any }
	require.NoError(t, json.Unmarshal([]byte(login), &in))
	out, err := p.Run(context.Background(), ferrule.Input{User: in.User, Context: in.Context})
	require.NoError(t, err)
	require.Len(t, out.Rules, 1)
	return out.Rules[0]
}
