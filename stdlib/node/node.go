// Package node lists Node's core modules as Ferrule provides them: each is a package below
// this one. What is not in the list is not provided, and require says so.
package node

import (
	"github.com/ferrule-rules/ferrule/stdlib/node/absent"
	"github.com/ferrule-rules/ferrule/stdlib/node/bcrypt"
	"github.com/ferrule-rules/ferrule/stdlib/node/buffer"
	"github.com/ferrule-rules/ferrule/stdlib/node/crypto"
	"github.com/ferrule-rules/ferrule/stdlib/node/dns"
	"github.com/ferrule-rules/ferrule/stdlib/node/fetch"
	"github.com/ferrule-rules/ferrule/stdlib/node/hooks"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
	"github.com/ferrule-rules/ferrule/stdlib/node/http"
	"github.com/ferrule-rules/ferrule/stdlib/node/net"
	"github.com/ferrule-rules/ferrule/stdlib/node/os"
	"github.com/ferrule-rules/ferrule/stdlib/node/polyfill"
	"github.com/ferrule-rules/ferrule/stdlib/node/process"
	"github.com/ferrule-rules/ferrule/stdlib/node/timers"
	"github.com/ferrule-rules/ferrule/stdlib/node/tls"
	"github.com/ferrule-rules/ferrule/stdlib/node/util"
	"github.com/ferrule-rules/ferrule/stdlib/node/zlib"
)

// modules are the tables of the packages below.
var modules = [][]host.Module{
	polyfill.Modules,
	util.Modules,
	zlib.Modules,
	buffer.Modules,
	process.Modules,
	timers.Modules,
	os.Modules,
	absent.Modules,
	hooks.Modules,
	bcrypt.Modules,
	crypto.Modules,
	net.Modules,
	tls.Modules,
	dns.Modules,
	http.Modules,
}

// globals are the tables of globals of the packages below.
var globals = [][]host.Global{
	polyfill.Globals,
	process.Globals,
	hooks.Globals,
	crypto.Globals,
	fetch.Globals,
}

// Modules lists the core modules. The slice is new at each call.
func Modules() []host.Module {
	var all []host.Module
	for _, table := range modules {
		all = append(all, table...)
	}
	return all
}

// Globals lists what the modules give the global object. The slice is new at each call.
func Globals() []host.Global {
	var all []host.Global
	for _, table := range globals {
		all = append(all, table...)
	}
	return all
}
