package lint

import "github.com/ferrule-rules/ferrule/ast/diag"

// checks is the table. L01 to L46 are the contract's.
func checks() []Check {
	return []Check{
		{"L07", diag.Error, "a secret stands in the source",
			"Whoever can read the rule, its history or an export of the tenant has the secret; rules are stored unencrypted.",
			"Put it into the tenant's configuration and read configuration.NAME; change the secret, because it has been seen.", secrets},
		{"L10", diag.Warning, "the console gets tokens, secrets or whole profiles",
			"What the console gets is kept in logs that many people and services can read.",
			"Log what helps to find a fault: user.user_id, a status code, a message of your own.", consoles},
		{"L11", diag.Error, "code is made of text",
			"Text that an attacker can influence becomes code with the rule's rights, and the rule cannot be compiled.",
			"Write the code itself: a function, a table of functions, a module's written name.", dynamicCode},
		{"L17", diag.Warning, "a claim that is dropped",
			"The platform drops restricted names and names in its own domains without a word: the application never sees the claim.",
			"Name the claim with a URL of your own: 'https://example.com/roles'.", claims},
		{"L29", diag.Error, "a condition that is always true, or never",
			"The check looks like one and decides nothing.",
			"Compare the answer of indexOf with -1, or use includes; compare with ===; call methods on an object.", conditions},
		{"L36", diag.Error, "TLS certificates are not checked",
			"Anyone between the rule and the service can read and change what they say, credentials included.",
			"Leave the check on; give the service a valid certificate, or name its authority in the ca option.", tlsOff},
		{"L37", diag.Warning, "the callback gets something that is not an error, user and context",
			"The contract names null or an error first, then the user and the context that the rule was given. Other values are undefined behaviour.",
			"callback(null, user, context) lets the login through, callback(new UnauthorizedError('…')) denies it.", callbackArguments},
		{"L47", diag.Error, "an error class is called without new",
			"UnauthorizedError is a function of the old kind: without new it answers undefined, and callback(undefined) lets the login through.",
			"callback(new UnauthorizedError('…')).", errorWithoutNew},
		{BareIgnore, diag.Warning, "a ferrule-ignore comment without a reason",
			"Nobody can tell later whether the finding was judged or only silenced.",
			"Say why it does not count: // ferrule-ignore L10 only test tenants log this.", nil},
	}
}
