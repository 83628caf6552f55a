package runtime

import (
	"html"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

const htmlType = "text/html; charset=utf-8"

// pageHeader holds the headers of a page that carries an answer: it must neither
// be kept nor sniffed, and its address must not travel on.
func pageHeader() map[string]string {
	return map[string]string{
		"Content-Type":           htmlType,
		"Cache-Control":          "no-store",
		"Pragma":                 "no-cache",
		"Referrer-Policy":        "no-referrer",
		"X-Content-Type-Options": "nosniff",
	}
}

// deliverFormPost answers with a page that posts the fields to the application as
// soon as it is loaded; without scripts the user presses a button.
//
// Source: OAuth 2.0 Form Post Response Mode, section 2.
func deliverFormPost(uri string, fields []Field) Delivery {
	var page strings.Builder
	page.WriteString("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>Submit this form</title></head>\n" +
		"<body onload=\"document.forms[0].submit()\">\n<form method=\"post\" action=\"")
	page.WriteString(escapeAttribute(escapeURL(uri)))
	page.WriteString("\">\n")
	for _, field := range fields {
		page.WriteString("<input type=\"hidden\" name=\"" + escapeAttribute(field.Name) + "\" value=\"" + escapeAttribute(field.Value) + "\">\n")
	}
	page.WriteString("<noscript><button type=\"submit\">Continue</button></noscript>\n</form>\n</body>\n</html>\n")
	return Delivery{
		Mode: ModeFormPost, Status: 200, ContentType: htmlType, Fields: fields,
		Header: pageHeader(), Body: []byte(page.String()),
	}
}

// lineBreaks keeps line breaks as they are: a parser turns a plain CR into LF.
var lineBreaks = strings.NewReplacer("\r", "&#13;", "\n", "&#10;")

// escapeAttribute quotes text for an HTML attribute in double quotes. U+0000 has
// no form in HTML; the parser reads it as U+FFFD.
func escapeAttribute(text string) string {
	return lineBreaks.Replace(html.EscapeString(strings.ReplaceAll(wellFormed(text), "\x00", "\uFFFD")))
}

// deliverWebMessage answers with a page that posts the fields to the window that
// opened it or holds it, and only to the origin of redirect_uri:
//
//	{type: 'authorization_response', response: {error, error_description, state}}
func deliverWebMessage(uri string, fields []Field) Delivery {
	origin, _ := originOf(uri) // checkRedirectURI has made sure that it has one
	message := append([]byte(`{"type":"authorization_response","response":`), appendFields(nil, fields)...)
	message = append(message, '}')
	page := "<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>Authorization Response</title></head>\n<body>\n" +
		"<script>\n(function (window) {\n" +
		"var origin = " + escapeScript(jsondoc.AppendString(nil, origin)) + ";\n" +
		"var message = " + escapeScript(message) + ";\n" +
		"var receiver = window.opener || window.parent;\n" +
		"if (receiver && receiver !== window) receiver.postMessage(message, origin);\n" +
		"})(window);\n</script>\n</body>\n</html>\n"
	return Delivery{
		Mode: ModeWebMessage, Status: 200, ContentType: htmlType, Fields: fields,
		Header: pageHeader(), Body: []byte(page),
	}
}

// scriptEscapes keep JSON inside a script element: nothing can close the element
// or open a comment in it, and U+2028 and U+2029 end no line in old engines.
var scriptEscapes = strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`, "\u2028", `\u2028`, "\u2029", `\u2029`)

func escapeScript(json []byte) string { return scriptEscapes.Replace(string(json)) }

// originOf is a web URL's origin as browsers write it: scheme, host in lower case,
// and the port when it is not the scheme's own.
func originOf(uri string) (string, bool) {
	url, err := whatwg.Parse(uri)
	if err != nil || url.Host() == "" {
		return "", false
	}
	return url.Scheme() + "://" + url.Host(), true
}
