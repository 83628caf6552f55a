package emit

import "strings"

// own is a name with a text of its own. Names are parts of the texts that parsers have read,
// each of which would be kept as long as one of its names; a program lives longer.
func (e *emitter) own(name string) string {
	if own, ok := usual[name]; ok {
		return own
	}
	own, ok := e.owned[name]
	if !ok {
		own = strings.Clone(name)
		e.owned[name] = own
	}
	return own
}

func (e *emitter) ownAll(names []string) []string {
	if len(names) == 0 {
		return nil
	}
	own := make([]string, len(names))
	for i, name := range names {
		own[i] = e.own(name)
	}
	return own
}

// usual are names that many rules have: all programs share them.
var usual = func() map[string]string {
	names := map[string]string{}
	for _, name := range strings.Fields(`user context email email_verified user_id name nickname given_name family_name picture locale groups roles
		permissions identities app_metadata user_metadata clientID clientName clientMetadata connection connectionStrategy protocol stats loginsCount
		request query body ip geoip country_code country_name hostname userAgent method audience scope idToken accessToken samlConfiguration mappings
		multifactor provider redirect url authorization authentication methods timestamp sessionID tenant organization`) {
		names[name] = name
	}
	return names
}()
