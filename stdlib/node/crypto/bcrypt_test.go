package crypto_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBcryptInterface(t *testing.T) {
	got := run(t, `(function () {
const bcrypt = require('bcrypt');
const h = bcrypt.hashSync('pw', 4);
print(h.slice(0, 7), h.length, bcrypt.getRounds(h), bcrypt.compareSync('pw', h), bcrypt.compareSync('pW', h));
const long = 'x'.repeat(80);
print(bcrypt.compareSync(long.slice(0, 72), bcrypt.hashSync(long, 4)));
try { bcrypt.hashSync('pw', 'salt'); } catch (e) { print(e.message); }
try { bcrypt.getRounds('x'); } catch (e) { print(e.message); }
bcrypt.genSalt(4, (e, salt) => bcrypt.hash('pw', salt, (e, h) => bcrypt.compare('pw', h, (e, ok) => {
  print(e, ok);
  bcrypt.hash('pw').catch(e => print(e.message)).then(() => bcrypt.hash('pw', 4)).then(h => bcrypt.compare('pw', h)).then(print);
})));
})()`)
	require.Equal(t, `$2b$04$ 60 4 true false
true
Invalid salt. Salt must be in the form of: $Vers$log2(NumRounds)$saltvalue
invalid hash provided
null true
data and salt arguments required
true`, got)
}
