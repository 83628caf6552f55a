package runtime

import "net/url"

// DummyAccessToken is what rules read as auth0.accessToken where no Management API is configured:
// recognisable, and good for nothing.
const DummyAccessToken = "ferrule-access-token-of-no-tenant"

// ManagementAPI is the API behind the store, or nil.
func (o Options) ManagementAPI() ManagementAPI {
	api, _ := o.Store.(ManagementAPI)
	return api
}

// managementHost is the host of the API behind the store, with its port where that is no
// standard one; "" when there is none.
func (o Options) managementHost() string {
	api := o.ManagementAPI()
	if api == nil {
		return ""
	}
	base, err := url.Parse(api.BaseURL())
	if err != nil {
		return ""
	}
	return base.Host
}

// BaseURL is auth0.baseUrl.
func (r *Run) BaseURL() string {
	if api, ok := r.Store.(ManagementAPI); ok {
		return api.BaseURL()
	}
	return "https://" + r.Domain + "/api/v2"
}

// HasAccessToken reports whether AccessToken has one to give.
func (r *Run) HasAccessToken() bool {
	_, ok := r.Store.(ManagementAPI)
	return ok
}

// AccessToken is auth0.accessToken. A real one is masked in all that the run records from here on.
//
// # Errors
//
// That of the store.
func (r *Run) AccessToken() (string, error) {
	api, ok := r.Store.(ManagementAPI)
	if !ok {
		return DummyAccessToken, nil
	}
	token, err := api.AccessToken(r.Context())
	if err != nil {
		return "", err
	}
	r.hideToken(token)
	return token, nil
}
