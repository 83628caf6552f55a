package runtime

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// pendingLogin is a login whose user is away at a redirect: what Resume needs to
// run all rules again. It is kept as JSON, key order included.
type pendingLogin struct {
	tenant  string
	time    time.Time // of the redirect
	user    map[string]any
	context map[string]any // before the rules
	order   *jsondoc.Order // of user and context

	// What rules changed at the root of user, but for its metadata.
	set      map[string]any
	setOrder *jsondoc.Order
	removed  []string
}

// Resumption is what the user brings back from a redirect. Its objects are copied:
// the resumed run changes none of them.
type Resumption struct {
	// Query and Body are the parameters of the call to /continue, decoded JSON
	// objects; they become context.request.query and .body. nil means {}.
	Query map[string]any
	Body  map[string]any
	// User is the profile as it is now, read again by the caller and prepared as the
	// first one was; nil means the first run's profile with the metadata that the
	// Store has now, if it can tell (see Profiles).
	User map[string]any
	// StaleUser runs the rules with the profile of the first run, as the platform
	// did until 2020; User and the Store are not looked at.
	StaleUser bool

	// Configuration, Now and Zone are those of Input.
	Configuration map[string]string
	Now           time.Time
	Zone          *time.Location
}

// newPendingLogin takes the login as it was before the rules and notes which root
// properties of user they added, changed or removed. Nothing is copied, so it must
// be encoded before the caller's objects are written. A user that the rules dropped
// or replaced by something else than an object changes nothing.
func newPendingLogin(before, after State) *pendingLogin {
	p := &pendingLogin{order: before.Order, setOrder: after.Order}
	p.user, _ = before.User.(map[string]any)
	p.context, _ = before.Context.(map[string]any)
	changed, ok := after.User.(map[string]any)
	if !ok {
		return p
	}
	for key, value := range changed {
		if isMetadata(key) {
			continue
		}
		if old, had := p.user[key]; !had || !sameValue(old, value) {
			if p.set == nil {
				p.set = map[string]any{}
			}
			p.set[key] = value
		}
	}
	for key := range p.user {
		if _, stays := changed[key]; !stays && !isMetadata(key) {
			p.removed = append(p.removed, key)
		}
	}
	slices.Sort(p.removed)
	return p
}

func isMetadata(key string) bool { return key == "app_metadata" || key == "user_metadata" }

// input is the login of the resumed run:
//
//   - user: r.User, or the first run's profile with the metadata of profile (may be
//     nil: unknown), or as it was for StaleUser; then the root changes that rules made
//     before the redirect;
//   - context: as it was before the rules, with protocol redirect-callback, the
//     original one beside it, and the query and body of /continue in request.
//
// It may be called once: what it answers shares the login's values, but none with r
// and profile.
func (p *pendingLogin) input(r Resumption, profile map[string]any) Input {
	user := orEmpty(p.user)
	switch {
	case r.StaleUser:
	case r.User != nil:
		user = cloneObject(r.User)
	case profile != nil:
		refreshMetadata(user, profile)
	}
	for key, value := range p.set {
		user[key] = value
	}
	for _, key := range p.removed {
		delete(user, key)
	}
	context := orEmpty(p.context)
	if protocol, ok := context["protocol"]; ok && protocol != ProtocolRedirectCallback {
		context["original_protocol"] = protocol
	}
	context["protocol"] = ProtocolRedirectCallback
	request, ok := context["request"].(map[string]any)
	if !ok || request == nil {
		request = map[string]any{}
		context["request"] = request
	}
	request["query"], request["body"] = cloneObject(r.Query), cloneObject(r.Body)
	order := &jsondoc.Order{}
	order.Merge(p.order)
	order.Merge(p.setOrder)
	return Input{User: user, Context: context, Order: order}
}

func orEmpty(object map[string]any) map[string]any {
	if object == nil {
		return map[string]any{}
	}
	return object
}

// refreshMetadata gives a profile the metadata that the store has now. A login
// that was prepared as the platform does (see PrepareLogin) has the properties of
// app_metadata at the root, too: those follow.
func refreshMetadata(user, profile map[string]any) {
	if fresh, ok := profile["user_metadata"]; ok {
		user["user_metadata"] = cloneJSON(fresh)
	}
	value, ok := profile["app_metadata"]
	if !ok {
		return
	}
	old, fresh := readObject(user["app_metadata"]), readObject(value)
	user["app_metadata"] = cloneJSON(value)
	merged := len(old) > 0
	for key, was := range old {
		root, there := user[key]
		if !there || isMetadata(key) || !sameValue(root, was) {
			merged = false
			continue
		}
		if now, stays := fresh[key]; stays {
			user[key] = cloneJSON(now)
		} else {
			delete(user, key)
		}
	}
	if !merged {
		return
	}
	for key, now := range fresh {
		if _, known := old[key]; !known && !profileOnly[key] {
			user[key] = cloneJSON(now)
		}
	}
}

// currentProfile reads the user's profile from a store that can tell; nil when it
// cannot or does not know the user.
func currentProfile(ctx context.Context, store Store, user map[string]any) (map[string]any, error) {
	profiles, ok := store.(Profiles)
	id, named := readText(user["user_id"])
	if !ok || !named {
		return nil, nil
	}
	profile, found, err := profiles.User(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("resume a login: read the profile of %q: %w", id, err)
	}
	if !found {
		return nil, nil
	}
	return profile, nil
}

// pendingVersion is the form that encode writes.
const pendingVersion = 1.0

// encode writes the login as one JSON object.
func (p *pendingLogin) encode() ([]byte, error) {
	dst := append([]byte(nil), `{"version":1,"tenant":`...)
	dst = jsondoc.AppendString(dst, p.tenant)
	dst = jsondoc.AppendString(append(dst, `,"time":`...), p.time.UTC().Format(time.RFC3339Nano))
	dst, err := jsondoc.Append(append(dst, `,"user":`...), p.user, p.order)
	if err != nil {
		return nil, err
	}
	if dst, err = jsondoc.Append(append(dst, `,"context":`...), p.context, p.order); err != nil {
		return nil, err
	}
	if dst, err = jsondoc.Append(append(dst, `,"set":`...), p.set, p.setOrder); err != nil {
		return nil, err
	}
	dst = append(dst, `,"removed":[`...)
	for i, key := range p.removed {
		dst = jsondoc.AppendString(comma(dst, i), key)
	}
	return append(dst, "]}"...), nil
}

// decodePending reads what encode wrote.
func decodePending(data []byte) (*pendingLogin, error) {
	tree, order, err := jsondoc.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("read the pending login: %w", err)
	}
	object, _ := tree.(map[string]any)
	if object["version"] != pendingVersion {
		return nil, errors.New("read the pending login: it was written by another version")
	}
	p := &pendingLogin{order: order}
	p.tenant, _ = object["tenant"].(string)
	stamp, _ := object["time"].(string)
	if p.time, err = time.Parse(time.RFC3339Nano, stamp); err != nil {
		return nil, fmt.Errorf("read the pending login: %w", err)
	}
	p.user, _ = object["user"].(map[string]any)
	p.context, _ = object["context"].(map[string]any)
	p.set, _ = object["set"].(map[string]any)
	removed, _ := object["removed"].([]any)
	for _, key := range removed {
		if name, ok := key.(string); ok {
			p.removed = append(p.removed, name)
		}
	}
	return p, nil
}

// sameValue reports whether two values are the same JSON. Go numbers of any type
// are equal to the number that they stand for.
func sameValue(a, b any) bool {
	a, b = readPlain(a), readPlain(b)
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || len(x) != len(y) {
			return false
		}
		if reflect.ValueOf(x).Pointer() == reflect.ValueOf(y).Pointer() {
			return true
		}
		for key, value := range x {
			if other, ok := y[key]; !ok || !sameValue(value, other) {
				return false
			}
		}
		return true
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !sameValue(x[i], y[i]) {
				return false
			}
		}
		return true
	}
	switch b.(type) {
	case map[string]any, []any:
		return false
	}
	return a == b
}
