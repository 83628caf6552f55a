package main

import (
	"strconv"
	"time"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// appendResult appends the JSON form of a result, without a line break. Members are
// never renamed and never move; new ones come behind the others of their object.
//
//	{"id","outcome","error","user","context","console","warnings","metadata","redirect","multifactor","tokens","calls","rules","duration_ns"}
//	error        {"name","message","code","kind","oauth","rule","description","user_id","status_code","at","stack"}, or null
//	console      [{"rule","level","text"}]
//	warnings     [{"rule","code","text"}]
//	metadata     [{"target","user_id","values"}]
//	redirect     {"url","state"}, or null
//	multifactor  {"provider","allow_remember_browser","oauth","request"}, or null
//	tokens       {"id","access","scope","subject","saml","dropped"}
//	calls        [{"rule","method","url","status","error","duration_ns","request_bytes","response_bytes"}]
//	rules        [{"name","engine","exit","duration_ns"}]
func appendResult(dst []byte, r result) ([]byte, error) {
	o := &r.outcome
	dst = jsondoc.AppendString(append(dst, `{"id":`...), r.id)
	dst = jsondoc.AppendString(append(dst, `,"outcome":`...), o.Decision.String())
	dst = appendError(append(dst, `,"error":`...), o.Err)
	user, context, err := r.trees()
	if err != nil {
		return nil, err
	}
	dst = append(append(dst, `,"user":`...), user...)
	dst = append(append(dst, `,"context":`...), context...)
	dst = appendList(append(dst, `,"console":`...), o.Console, appendConsole)
	dst = appendList(append(dst, `,"warnings":`...), o.Warnings, appendWarning)
	dst = appendList(append(dst, `,"metadata":`...), o.Metadata, appendWrite)
	dst = append(dst, `,"redirect":`...)
	if to := o.RedirectTo; to == nil {
		dst = append(dst, "null"...)
	} else {
		dst = jsondoc.AppendString(append(dst, `{"url":`...), to.URL)
		dst = append(jsondoc.AppendString(append(dst, `,"state":`...), to.State), '}')
	}
	if dst, err = appendMultifactor(append(dst, `,"multifactor":`...), o.Multifactor); err != nil {
		return nil, err
	}
	tokens := o.Tokens()
	if dst, err = tokens.AppendJSON(append(dst, `,"tokens":`...)); err != nil {
		return nil, err
	}
	dst = appendList(append(dst, `,"calls":`...), o.Calls, appendCall)
	dst = appendList(append(dst, `,"rules":`...), o.Rules, appendRule)
	dst = appendDuration(append(dst, `,"duration_ns":`...), o.Duration)
	return append(dst, '}'), nil
}

// trees are user and context as JSON text.
func (r *result) trees() (user, context []byte, err error) {
	if r.unread {
		if user, err = jsondoc.Encode(r.user, r.order); err != nil {
			return nil, nil, err
		}
		context, err = jsondoc.Encode(r.context, r.order)
		return user, context, err
	}
	if user, err = r.outcome.UserJSON(); err != nil {
		return nil, nil, err
	}
	context, err = r.outcome.ContextJSON()
	return user, context, err
}

// appendError writes name, message, code, kind and oauth, then what is known beside.
func appendError(dst []byte, e *ferrule.RuleError) []byte {
	if e == nil {
		return append(dst, "null"...)
	}
	dst = appendText(append(dst, `{"name":`...), e.Name)
	dst = jsondoc.AppendString(append(dst, `,"message":`...), e.Message)
	dst = appendText(append(dst, `,"code":`...), e.Code)
	dst = jsondoc.AppendString(append(dst, `,"kind":`...), string(e.Kind))
	dst = jsondoc.AppendString(append(dst, `,"oauth":`...), e.OAuth)
	dst = appendText(append(dst, `,"rule":`...), e.Rule)
	dst = appendText(append(dst, `,"description":`...), e.Description)
	dst = appendText(append(dst, `,"user_id":`...), e.UserID)
	dst = append(dst, `,"status_code":`...)
	if e.StatusCode == 0 {
		dst = append(dst, "null"...)
	} else {
		dst = strconv.AppendInt(dst, int64(e.StatusCode), 10)
	}
	dst = append(dst, `,"at":`...)
	if e.Pos.IsValid() {
		dst = jsondoc.AppendString(append(dst, `{"file":`...), e.File)
		dst = strconv.AppendInt(append(dst, `,"line":`...), int64(e.Pos.Line), 10)
		dst = strconv.AppendInt(append(dst, `,"column":`...), int64(e.Pos.Column), 10)
		dst = append(dst, '}')
	} else {
		dst = append(dst, "null"...)
	}
	return append(appendText(append(dst, `,"stack":`...), e.Stack), '}')
}

// appendText writes a text, or null for an empty one.
func appendText(dst []byte, text string) []byte {
	if text == "" {
		return append(dst, "null"...)
	}
	return jsondoc.AppendString(dst, text)
}

func appendList[T any](dst []byte, list []T, one func([]byte, *T) []byte) []byte {
	dst = append(dst, '[')
	for i := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = one(dst, &list[i])
	}
	return append(dst, ']')
}

func appendConsole(dst []byte, line *ferrule.ConsoleLine) []byte {
	dst = jsondoc.AppendString(append(dst, `{"rule":`...), line.Rule)
	dst = jsondoc.AppendString(append(dst, `,"level":`...), line.Level)
	return append(jsondoc.AppendString(append(dst, `,"text":`...), line.Text), '}')
}

func appendWarning(dst []byte, w *ferrule.Warning) []byte {
	dst = jsondoc.AppendString(append(dst, `{"rule":`...), w.Rule)
	dst = jsondoc.AppendString(append(dst, `,"code":`...), string(w.Code))
	return append(jsondoc.AppendString(append(dst, `,"text":`...), w.Text), '}')
}

func appendWrite(dst []byte, w *ferrule.MetadataWrite) []byte {
	dst = jsondoc.AppendString(append(dst, `{"target":`...), w.Target)
	dst = jsondoc.AppendString(append(dst, `,"user_id":`...), w.UserID)
	return append(append(append(dst, `,"values":`...), w.JSON()...), '}')
}

func appendCall(dst []byte, call *ferrule.Call) []byte {
	dst = jsondoc.AppendString(append(dst, `{"rule":`...), call.Rule)
	dst = jsondoc.AppendString(append(dst, `,"method":`...), call.Method)
	dst = jsondoc.AppendString(append(dst, `,"url":`...), call.URL)
	dst = strconv.AppendInt(append(dst, `,"status":`...), int64(call.Status), 10)
	dst = appendText(append(dst, `,"error":`...), call.Error)
	dst = appendDuration(append(dst, `,"duration_ns":`...), call.Duration)
	dst = strconv.AppendInt(append(dst, `,"request_bytes":`...), call.RequestBytes, 10)
	return append(strconv.AppendInt(append(dst, `,"response_bytes":`...), call.ResponseBytes, 10), '}')
}

func appendRule(dst []byte, rule *ferrule.RuleReport) []byte {
	dst = jsondoc.AppendString(append(dst, `{"name":`...), rule.Name)
	dst = jsondoc.AppendString(append(dst, `,"engine":`...), rule.Engine)
	dst = append(dst, `,"exit":`...)
	if exit := rule.Exit; exit == nil {
		dst = append(dst, "null"...)
	} else {
		dst = jsondoc.AppendString(append(dst, `{"code":`...), exit.Code)
		dst = strconv.AppendInt(append(dst, `,"line":`...), int64(exit.Line), 10)
		dst = strconv.AppendInt(append(dst, `,"column":`...), int64(exit.Column), 10)
		dst = append(dst, '}')
	}
	return append(appendDuration(append(dst, `,"duration_ns":`...), rule.Duration), '}')
}

// appendMultifactor writes the request as the rule made it, and what follows of it.
func appendMultifactor(dst []byte, mfa *ferrule.Multifactor) ([]byte, error) {
	if mfa == nil {
		return append(dst, "null"...), nil
	}
	dst = jsondoc.AppendString(append(dst, `{"provider":`...), mfa.Provider)
	dst = append(dst, `,"allow_remember_browser":`...)
	if allow := mfa.AllowRememberBrowser; allow == nil {
		dst = append(dst, "null"...)
	} else {
		dst = strconv.AppendBool(dst, *allow)
	}
	dst = appendText(append(dst, `,"oauth":`...), mfa.OAuth)
	dst, err := jsondoc.Append(append(dst, `,"request":`...), mfa.Request, nil)
	return append(dst, '}'), err
}

func appendDuration(dst []byte, d time.Duration) []byte {
	return strconv.AppendInt(dst, d.Nanoseconds(), 10)
}
