package runtime

// noFactor is the provider that asks for no factor at all.
const noFactor = "none"

// readMultifactor reads context.multifactor. Only an object with a text as its
// provider counts; anything else that is not falsy is ignored with a warning.
//
//	flow                                     | OAuth
//	a browser may show pages                 | ""
//	prompt=none                              | interaction_required
//	password grant, /oauth/ro, refresh token | mfa_required
//	and what else has no browser             |
//
// The code for prompt=none is not documented for rules; OpenID Connect allows
// login_required and interaction_required, and the user is logged in already.
// The provider none asks for nothing, so it forces no code.
func (c *conclusion) readMultifactor(f flow, value any) *Multifactor {
	if isFalsy(value) {
		return nil
	}
	request := readObject(value)
	provider, ok := readText(request["provider"])
	if !ok || provider == "" {
		c.warn(WarnIgnoredValue, "context.multifactor is ignored: it must be an object with a provider")
		return nil
	}
	mfa := &Multifactor{Request: request, Provider: provider, AllowRememberBrowser: rememberBrowser(request)}
	if provider != noFactor && !f.interactive() {
		mfa.OAuth = OAuthInteractionRequired
		if !f.browser() {
			mfa.OAuth = OAuthMFARequired
		}
	}
	return mfa
}

// rememberBrowser reads allowRememberBrowser, or the older ignoreCookie that says
// the opposite. Without a boolean in either the provider's default holds: the
// sources disagree on what that is.
func rememberBrowser(request map[string]any) *bool {
	if allow, ok := readPlain(request["allowRememberBrowser"]).(bool); ok {
		return &allow
	}
	if ignore, ok := readPlain(request["ignoreCookie"]).(bool); ok {
		allow := !ignore
		return &allow
	}
	return nil
}
