package crypto_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"
)

// work is what BenchmarkCrypto times here and BenchmarkNode in Node: a function body each.
var work = []struct{ name, prepare, step string }{
	{"sha256-1MB", "const b = Buffer.alloc(1 << 20, 7);", "crypto.createHash('sha256').update(b).digest('hex')"},
	{"pbkdf2-100k", "", "crypto.pbkdf2Sync('password', 'salt', 100000, 32, 'sha256')"},
	{"scrypt", "", "crypto.scryptSync('password', 'salt', 64)"},
	{"aes-256-gcm-1MB", "const b = Buffer.alloc(1 << 20, 7), k = Buffer.alloc(32), v = Buffer.alloc(12);",
		"(() => { const c = crypto.createCipheriv('aes-256-gcm', k, v); c.update(b); c.final(); return c.getAuthTag(); })()"},
	{"rs256-sign", rsaKey, "crypto.createSign('RSA-SHA256').update('text').sign(k.privateKey)"},
	{"rs256-verify", rsaKey + "const s = crypto.createSign('RSA-SHA256').update('text').sign(k.privateKey);",
		"crypto.createVerify('RSA-SHA256').update('text').verify(k.publicKey, s)"},
	{"hs256", "", "crypto.createHmac('sha256', 'secret').update('header.payload').digest('base64')"},
}

const rsaKey = `const k = crypto.generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });`

func BenchmarkCrypto(b *testing.B) {
	for _, w := range work {
		b.Run("work="+w.name+"/engine=ferrule", func(b *testing.B) {
			h := newHost()
			require.NoError(b, h.Run(context.Background(), "const crypto = require('crypto');"+w.prepare+"globalThis.step = () => "+w.step+";step()"))
			step, _ := goja.AssertFunction(h.VM().Get("step"))
			for b.Loop() {
				if _, err := step(goja.Undefined()); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("work="+w.name+"/engine=node", func(b *testing.B) {
			const n = 20
			var ns float64
			out := node(b, fmt.Sprintf("const crypto = require('crypto');%s const step = () => %s; for (let i = 0; i < 3; i++) step(); const t = process.hrtime.bigint(); for (let i = 0; i < %d; i++) step(); print(Number(process.hrtime.bigint() - t) / %d);", w.prepare, w.step, n, n))
			if _, err := fmt.Sscan(out, &ns); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
			}
			b.ReportMetric(ns, "ns/op")
		})
	}
}
