package main

import (
	"crypto/x509"
	"net/url"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule"
)

// networkFlags say where rules may go by HTTP and sockets.
type networkFlags struct {
	allow, only, deny, ca, proxy string
	insecure                     bool
	time                         time.Duration
	requests                     int
	responseBytes                int64
}

func (f *networkFlags) register(verb *cobra.Command) {
	flags := verb.Flags()
	flags.StringVar(&f.allow, "allow-net", "", "let rules reach `HOST[:PORT],…` that are local or private: names, *.names, addresses, 10.0.0.0/8")
	flags.StringVar(&f.only, "only-net", "", "let rules reach nothing but `HOST[:PORT],…` and what --allow-net names")
	flags.StringVar(&f.deny, "deny-net", "", "never let rules reach `HOST[:PORT],…`; * is everything")
	flags.StringVar(&f.ca, "ca", "", "trust the certificates in the PEM `FILE`, beside those of the system")
	flags.StringVar(&f.proxy, "proxy", "", "go through the HTTP proxy at `URL`")
	flags.BoolVar(&f.insecure, "allow-insecure-tls", false, "let rules turn off the verification of certificates")
	flags.DurationVar(&f.time, "net-timeout", 0, "time limit for each request of a rule; 0 is 30s")
	flags.IntVar(&f.requests, "net-requests", 0, "most requests and sockets of a login; 0 is 250")
	flags.Int64Var(&f.responseBytes, "net-response-bytes", 0, "most bytes of a response; 0 is 32 MiB")
	must(verb.MarkFlagFilename("ca", "pem", "crt"))
}

// policy reads the flags.
func (f *networkFlags) policy() (ferrule.NetworkPolicy, error) {
	p := ferrule.NetworkPolicy{AllowInsecureTLS: f.insecure}
	for _, list := range []struct {
		flag, text string
		rules      *[]ferrule.NetworkRule
	}{{"--allow-net", f.allow, &p.Allow}, {"--only-net", f.only, &p.Only}, {"--deny-net", f.deny, &p.Deny}} {
		rules, err := ferrule.ParseNetworkRules(list.text)
		if err != nil {
			return p, usage("%s: %v", list.flag, err)
		}
		*list.rules = rules
	}
	if f.time < 0 || f.requests < 0 || f.responseBytes < 0 {
		return p, usage("--net-timeout, --net-requests and --net-response-bytes are not negative")
	}
	p.Limits = ferrule.NetworkLimits{RequestTime: f.time, Requests: f.requests, ResponseBytes: f.responseBytes}
	if f.proxy != "" {
		proxy, err := url.Parse(f.proxy)
		if err != nil {
			return p, usage("--proxy is not a URL")
		}
		p.Proxy = proxy
		if err := p.Validate(); err != nil {
			return p, usage("--%v", err)
		}
	}
	if f.ca == "" {
		return p, nil
	}
	text, err := os.ReadFile(f.ca)
	if err != nil {
		return p, usage("--ca: %v", err)
	}
	if p.RootCAs, err = x509.SystemCertPool(); err != nil {
		p.RootCAs = x509.NewCertPool()
	}
	if !p.RootCAs.AppendCertsFromPEM(text) {
		return p, usage("--ca: no certificate in PEM form in %s", f.ca)
	}
	return p, nil
}
