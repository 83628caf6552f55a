package peers_test

import (
	"context"
	"crypto/x509"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
)

// engines are those that can run rules with packages.
var engines = []ferrule.Engine{ferrule.EngineJS, ferrule.EngineAuto}

// subjects are the pipelines of a test: one for each rule, package and engine.
type subjects struct {
	b    *bench
	made map[string]*ferrule.Pipeline
}

// pipeline is the rule of a job, made at the first call.
func (s *subjects) pipeline(t *testing.T, j *job, engine ferrule.Engine) *ferrule.Pipeline {
	t.Helper()
	key := j.of.name + " " + j.variant + " " + string(engine)
	if s.made[key] == nil {
		rule := j.Rules[0]
		p, err := ferrule.Compile(rule.Name+".js", rule.Code, &ferrule.Options{
			Engine: engine, Domain: "tenant.example", Configuration: j.Configuration, Network: s.b.network(t),
			Modules: ferrule.ModuleOptions{Dir: testdata}, Limits: ferrule.Limits{Timeout: 20 * time.Second},
		})
		require.NoError(t, err)
		s.made[key] = p
	}
	return s.made[key]
}

// close ends all pipelines.
func (s *subjects) close(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for key, p := range s.made {
		assert.NoError(t, p.Close(ctx), key)
	}
}

// network grants the peers, and trusts who vouches for them.
func (b *bench) network(t *testing.T) ferrule.NetworkPolicy {
	t.Helper()
	allow, err := ferrule.ParseNetworkRules("localhost, 127.0.0.1")
	require.NoError(t, err)
	pem, err := os.ReadFile(b.http.CertFile)
	require.NoError(t, err)
	roots := x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(pem))
	return ferrule.NetworkPolicy{Allow: allow, RootCAs: roots}
}

// run is the outcome of a job in Ferrule, in the text form of a want section.
func (s *subjects) run(t *testing.T, j *job, engine ferrule.Engine) string {
	t.Helper()
	user, login := enginetest.ParseTree(j.User), enginetest.ParseTree(j.Context)
	input := ferrule.Input{Order: user.Order, Configuration: maps.Clone(j.Configuration)}
	input.Order.Merge(login.Order)
	input.User, _ = user.Value.(map[string]any)
	input.Context, _ = login.Value.(map[string]any)
	outcome, err := s.pipeline(t, j, engine).Run(t.Context(), input)
	if outcome.Err == nil {
		require.NoError(t, err)
	}
	text := enginetest.Want(enginetest.ParseTree(j.User), enginetest.ParseTree(j.Context), outcome)
	return s.b.ports.Replace(text)
}

// differences reads testdata/modules/differs.txt: jobs whose outcome is not Node's, with the
// reason. One that no longer differs fails the test.
func differences(t *testing.T) map[string]string {
	t.Helper()
	return enginetest.Skips(t, testdata+"/differs.txt")
}

// reason is why a job differs from Node; "" when it does not. What is said of a rule holds for
// all its logins and packages.
func reason(differs map[string]string, id string) string {
	for {
		if text, ok := differs[id]; ok {
			return text
		}
		at := strings.LastIndex(id, "/")
		if at < 0 {
			return ""
		}
		id = id[:at]
	}
}
