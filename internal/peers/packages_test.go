package peers_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/internal/peers"
)

var update = flag.Bool("update", false, "rewrite the wanted outcomes with Node's, and docs/modules.md")

// lacking says that something cannot be had: that fails where CI is set, and skips elsewhere.
func lacking(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("NOT TESTED: "+format, args...)
	}
	t.Skipf("NOT TESTED: "+format, args...)
}

// bench are the running peers.
type bench struct {
	http          *peers.HTTP
	configuration map[string]string
	missing       map[string]bool
	ports         *strings.Replacer // what differs from run to run, for wanted outcomes
}

// start starts the peers and fills the configuration that rules get.
func start(t *testing.T) *bench {
	t.Helper()
	h := peers.StartHTTP(t)
	b := &bench{http: h, missing: map[string]bool{}, configuration: map[string]string{
		"HTTP": h.URL, "SECURE": h.Secure, "PRIVATE_KEY": h.PrivateKey, "PUBLIC_KEY": h.PublicKey,
	}}
	changing := []string{strings.TrimPrefix(h.URL, "http://"), "HOST", h.Secure, "SECURE"}
	if s := peers.StartPostgres(t); s != nil {
		b.configuration["POSTGRES"] = "postgres://rules:secret@" + s.Address() + "/postgres"
	} else {
		b.missing["postgres"] = true
	}
	for name, server := range map[string]*peers.Server{"mariadb": peers.StartMariaDB(t), "redis": peers.StartRedis(t)} {
		if server == nil {
			b.missing[name] = true
			continue
		}
		b.configuration[strings.ToUpper(name)+"_PORT"] = strconv.Itoa(server.Port)
	}
	if a := peers.StartAzurite(t, testdata+"/azurite"); a != nil {
		b.configuration["BLOB_PORT"] = strconv.Itoa(a.Blob.Port)
		b.configuration["QUEUE_PORT"] = strconv.Itoa(a.Queue.Port)
		b.configuration["TABLE_PORT"] = strconv.Itoa(a.Table.Port)
	} else {
		b.missing["azurite"] = true
	}
	if m := peers.StartMongoDB(t); m != nil {
		b.configuration["MONGODB"] = "mongodb://rules:secret@" + m.Address() + "/rules"
		b.configuration["MONGODB_OLD"] = "mongodb://rules:secret@" + m.Old.Address() + "/rules"
		changing = append(changing, m.Address(), "MONGODB", m.Old.Address(), "MONGODB")
	} else {
		b.missing["mongodb"] = true
	}
	b.ports = strings.NewReplacer(changing...)
	return b
}

// node runs jobs with testdata/node/modules.js, all in one process, and answers their outcomes.
func node(t *testing.T, b *bench, jobs []*job) map[string]string {
	t.Helper()
	if nodejs.Path() == "" {
		lacking(t, "node 20 is not on this machine")
	}
	var in, stderr bytes.Buffer
	for _, j := range jobs {
		line, err := json.Marshal(j)
		require.NoError(t, err)
		in.Write(append(line, '\n'))
	}
	c := nodejs.Command(t, "../../testdata/node/modules.js", testdata)
	c.Stdin, c.Stderr = &in, &stderr
	c.Env = append(os.Environ(), "TZ=UTC", "NODE_EXTRA_CA_CERTS="+b.http.CertFile, "NODE_NO_WARNINGS=1")
	out, err := c.Output()
	require.NoError(t, err, "%s", stderr.String())
	outcomes := map[string]string{}
	for _, f := range txtar.Parse(out).Files {
		outcomes[f.Name] = b.ports.Replace(string(f.Data))
	}
	return outcomes
}

// TestPackages runs each rule of testdata/modules/rules in Node and in Ferrule, against the same peers.
func TestPackages(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	if _, err := os.Stat(filepath.Join(testdata, "node_modules")); err != nil {
		lacking(t, "the packages are not installed; run npm ci in testdata/modules, or scripts/setup.sh")
	}
	b := start(t)
	rules := readRules(t)
	var jobs []*job
	for _, r := range rules {
		if only := os.Getenv("FERRULE_PACKAGES"); only != "" && !slices.Contains(strings.Split(only, ","), r.name) {
			continue
		}
		if !b.missing[r.peer] {
			jobs = append(jobs, r.jobs(t, b.configuration)...)
		}
	}
	wanted := node(t, b, jobs)
	if *update {
		for _, r := range rules {
			outcomes := map[string]map[string]string{}
			for _, j := range jobs {
				if j.of == r {
					if outcomes[j.run] == nil {
						outcomes[j.run] = map[string]string{}
					}
					outcomes[j.run][j.variant] = wanted[j.ID]
				}
			}
			if len(outcomes) > 0 {
				r.write(t, outcomes)
			}
		}
	}
	differs := differences(t)
	subjects := &subjects{b: b, made: map[string]*ferrule.Pipeline{}}
	for _, j := range jobs {
		t.Run(j.ID, func(t *testing.T) {
			if !*update {
				assert.Equal(t, j.want(), wanted[j.ID], "on Node")
			}
			for _, engine := range engines {
				got := subjects.run(t, j, engine)
				if why := reason(differs, j.ID); why != "" {
					assert.NotEqual(t, wanted[j.ID], got, "it no longer differs: %s", why)
				} else {
					assert.Equal(t, wanted[j.ID], got, "engine %s", engine)
				}
			}
		})
	}
	subjects.close(t)
	for _, name := range sortedKeys(b.missing) {
		t.Run("peer "+name, func(t *testing.T) { lacking(t, "%s is not installed; see scripts/setup.sh", name) })
	}
}
