package benchmarks_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/ferrule-rules/ferrule"
)

const packagesDir = "../testdata/modules"

// requiring are rules with a package, and the same rules without: what is between them is what
// the package costs a login whose VM has it already.
var requiring = []struct{ name, with, without string }{
	{"lodash", "const _ = require('lodash'); user.app_metadata = { provider: _.get(user, 'identities[0].provider') };",
		"user.app_metadata = { provider: user.identities[0].provider };"},
	{"jsonwebtoken", "const jwt = require('jsonwebtoken'); user.app_metadata = { id: jwt.decode(configuration.TOKEN).sub };",
		"user.app_metadata = { id: JSON.parse(Buffer.from(configuration.TOKEN.split('.')[1], 'base64').toString()).sub };"},
	{"jsonwebtoken-only-required", "const jwt = require('jsonwebtoken'); user.app_metadata = {};", "user.app_metadata = {};"},
}

const token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbm4iLCJpYXQiOjE1MDAwMDAwMDB9.c2lnbmF0dXJl"

// BenchmarkRequire sets rules that require packages beside the same rules without.
func BenchmarkRequire(b *testing.B) {
	for _, rule := range requiring {
		for _, part := range []struct{ name, body string }{{"no", rule.without}, {"yes", rule.with}} {
			for _, engine := range []ferrule.Engine{ferrule.EngineJS, ferrule.EngineAuto} {
				b.Run(fmt.Sprintf("package=%s/engine=%s/required=%s", rule.name, engine, part.name), func(b *testing.B) {
					runs(b, engine, part.body+" callback(null, user, context);")
				})
			}
		}
	}
}

// native is what Node's modules do in Go here: the same in a rule, in Go and in Node.
var native = []struct {
	name, prepare, step string // JavaScript
	inGo                func() error
	lacksNode           bool // the package is an addon, which is not built here
}{
	{"bcrypt-10", "const bcrypt = require('bcrypt');", "bcrypt.hashSync('secret', 10)", func() error {
		_, err := bcrypt.GenerateFromPassword([]byte("secret"), 10)
		return err
	}, true},
	{"pbkdf2-100k", "const crypto = require('crypto');", "crypto.pbkdf2Sync('secret', 'salt', 100000, 32, 'sha256')", func() error {
		_, err := pbkdf2.Key(sha256.New, "secret", []byte("salt"), 100000, 32)
		return err
	}, false},
	{"sha256-1MB", "const crypto = require('crypto'), bytes = Buffer.alloc(1 << 20, 7);", "crypto.createHash('sha256').update(bytes).digest('hex')", func() error {
		_ = fmt.Sprintf("%x", sha256.Sum256(filled))
		return nil
	}, false},
	{"gzip-1MB", "const zlib = require('zlib'), bytes = Buffer.alloc(1 << 20, 'some text of a log line; ');", "zlib.gzipSync(bytes)", func() error {
		w := gzip.NewWriter(io.Discard)
		if _, err := w.Write(lines); err != nil {
			return err
		}
		return w.Close()
	}, false},
	{"gunzip-1MB", "const zlib = require('zlib'), bytes = zlib.gzipSync(Buffer.alloc(1 << 20, 'some text of a log line; '));", "zlib.gunzipSync(bytes)", func() error {
		r, err := gzip.NewReader(bytes.NewReader(zipped))
		if err == nil {
			_, err = io.Copy(io.Discard, r)
		}
		return err
	}, false},
}

var (
	filled = bytes.Repeat([]byte{7}, 1<<20)
	lines  = []byte(strings.Repeat("some text of a log line; ", 1<<20/25+1)[:1<<20])
	zipped = func() []byte {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		_, _ = w.Write(lines)
		_ = w.Close()
		return out.Bytes()
	}()
)

// repeated is how often a rule and a script of Node do a step, so that nothing but the step counts.
const repeated = 10

// BenchmarkNative sets work of Node's modules in a rule beside Go and Node; ns/step is the time of one.
func BenchmarkNative(b *testing.B) {
	for _, w := range native {
		loop := fmt.Sprintf("for (let i = 0; i < %d; i++) %s;", repeated, w.step)
		b.Run("work="+w.name+"/by=ferrule", func(b *testing.B) {
			runs(b, ferrule.EngineJS, w.prepare+loop+" callback(null, user, context);")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/repeated, "ns/step")
		})
		b.Run("work="+w.name+"/by=go", func(b *testing.B) {
			for b.Loop() {
				if err := w.inGo(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/step")
		})
		b.Run("work="+w.name+"/by=node", func(b *testing.B) {
			node, err := exec.LookPath("node")
			if err != nil || w.lacksNode {
				b.Skip("not in Node here")
			}
			script := w.prepare + loop + "const begin = process.hrtime.bigint();" + loop + "console.log(Number(process.hrtime.bigint() - begin));"
			var total float64
			n := 0
			for b.Loop() {
				out, err := exec.Command(node, "-e", script).Output()
				if err != nil {
					b.Fatal(err)
				}
				var ns float64
				if _, err := fmt.Sscan(string(out), &ns); err != nil {
					b.Fatal(err)
				}
				total += ns
				n++
			}
			b.ReportMetric(total/float64(n)/repeated, "ns/step")
		})
	}
}

// runs times logins of a rule with packages, when its VM is warm.
func runs(b *testing.B, engine ferrule.Engine, body string) {
	if _, err := os.Stat(packagesDir + "/node_modules"); err != nil {
		b.Skip("the packages are not installed; see scripts/setup.sh")
	}
	p, err := ferrule.Compile("rule.js", "function (user, context, callback) { "+body+" }", &ferrule.Options{
		Engine: engine, Modules: ferrule.ModuleOptions{Dir: packagesDir}, Configuration: map[string]string{"TOKEN": token},
	})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = p.Close(context.Background()) }()
	data, err := os.ReadFile(packagesDir + "/login.json")
	if err != nil {
		b.Fatal(err)
	}
	login := func() ferrule.Input {
		var in struct{ User, Context map[string]any }
		if err := json.Unmarshal(data, &in); err != nil {
			b.Fatal(err)
		}
		return ferrule.Input{User: in.User, Context: in.Context}
	}
	once := func(in ferrule.Input) {
		if out, err := p.Run(context.Background(), in); err != nil || out.Decision != ferrule.Allowed {
			b.Fatal(out.Decision, out.Err, err)
		}
	}
	for range 5 {
		once(login())
	}
	b.ReportAllocs()
	in := login()
	for b.Loop() {
		once(in)
	}
}
