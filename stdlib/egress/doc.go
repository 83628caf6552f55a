// Package egress is the one way out to the network: what rules send by HTTP, over sockets and
// to name servers passes a [Policy] first.
//
// A [Client] belongs to one tenant and keeps its connections; a [Session] belongs to one run,
// counts what the run does and tells an [Observer] of each call. Names are resolved here and
// each address is judged before it is dialled; what is dialled is the address that was judged,
// so an answer of a name server that changes between check and connection changes nothing.
// The default policy lets rules reach public addresses: loopback, private, link-local, shared,
// multicast, reserved and metadata addresses must be granted (Policy.Allow), also where they
// hide in an IPv6 address (mapped, NAT64, 6to4).
//
// With a proxy names are resolved and judged here as well, and the proxy is asked for a tunnel
// to the judged address, for plain HTTP, too. Only with Policy.ProxyResolves the proxy gets the
// name; then names and literal addresses are judged here, and the proxy answers for the rest.
//
// The package never follows redirects, so each hop is a request that is judged; it speaks HTTP/1.1, as
// Node's client does; and of a request it tells the observer neither query nor
// headers nor user information.
package egress
