package peers

import (
	"context"
	"encoding/json"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/benchmarks/cases"
	"github.com/ferrule-rules/ferrule/benchmarks/hand"
)

// runJSON is Pipeline.RunJSON: texts in, texts out.
var runJSON = textual("run_json", "Ferrule, JSON texts", ferrule.Options{})

// decoded is the same without the projection: the texts are decoded and encoded again.
var decoded = textual("run_json_decoded", "Ferrule, JSON texts, decoded", ferrule.Options{Without: ferrule.Projection})

func textual(name, title string, options ferrule.Options) Contender {
	return Contender{Name: name, Title: title, Exact: true, Start: func(c *cases.Case) (*Worker, error) {
		p, err := c.Load(options)
		if err != nil {
			return nil, err
		}
		background := context.Background()
		var texts [2][]byte
		return &Worker{
			Texts: true,
			Run: func(l *cases.Login) (Answer, error) {
				out, err := p.RunJSON(background, ferrule.JSONInput{User: l.UserText, Context: l.ContextText, Now: l.Now})
				if out.Err != nil {
					return Answer{Err: out.Err}, err
				}
				texts = [2][]byte{out.User, out.Context}
				return Answer{Texts: &texts}, err
			},
			Close: func() { _ = p.Close(background) }, // nothing is left running
		}, nil
	}}
}

// handJSON is the code by hand between encoding/json's functions.
var handJSON = Contender{Name: "hand_json", Title: "hand-written Go, encoding/json around it", Exact: true, Start: func(c *cases.Case) (*Worker, error) {
	rule, ok := hand.For(*c)
	if !ok {
		return nil, unable("nobody has written this rule by hand")
	}
	var texts [2][]byte
	return &Worker{Texts: true, Run: func(l *cases.Login) (Answer, error) {
		var user, login map[string]any
		if err := json.Unmarshal(l.UserText, &user); err != nil {
			return Answer{}, err
		}
		if err := json.Unmarshal(l.ContextText, &login); err != nil {
			return Answer{}, err
		}
		if err := rule(user, login, l.Now); err != nil {
			return Answer{Err: err}, nil
		}
		var err error
		if texts[0], err = json.Marshal(user); err != nil {
			return Answer{}, err
		}
		texts[1], err = json.Marshal(login)
		return Answer{Texts: &texts}, err
	}}, nil
}}
