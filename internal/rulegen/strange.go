package rulegen

import (
	"fmt"
	"strings"
)

// fill puts name in the place of each @ of a format, and the arguments in that of each %s.
func fill(name, format string, args ...any) string {
	return fmt.Sprintf(strings.ReplaceAll(format, "@", name), args...)
}

// strange is code that hardly anybody writes, and that means something all the same.
func (g *generator) strange() {
	n := g.name("s")
	e := func() string { return bare(g.value(anything, 1)) }
	l := func() string { return bare(g.value(list, 1)) }
	o := func() string { return bare(g.value(object, 1)) }
	to := func(k kind) string { return g.target(k) }
	metadata := g.rooted("user.app_metadata")
	ways := []func() string{
		func() string { return fill(n, "@ = %s; var @ = %s; %s = @;", e(), g.literal(), to(anything)) }, // hoisted
		func() string {
			return fill(n, "var @ = []; for (var @_i = 0; @_i < 3; @_i++) { @.push(function () { return @_i; }); } %s = @.map(function (f) { return f(); });", to(anything))
		},
		func() string {
			return fill(n, "let @ = []; for (let @_i = 0; @_i < 3; @_i++) { @.push(() => @_i); } %s = @.map(f => f());", to(anything))
		},
		func() string { return fill(n, "{ let @ = 1; { let @ = 2; %s = @; } %s = @; }", to(number), to(number)) },
		func() string {
			return fill(n, "var @ = 0; while (@ < 3) { @++; if (%s) continue; %s = @; }", bare(g.truth(1)), to(number))
		},
		func() string {
			return fill(n, "var @ = 3; do { @--; } while (@ > 0 && %s); %s = @;", g.truth(1), to(number))
		},
		func() string {
			return fill(n, "@: for (const a of %s) { for (const b of %s) { if (a === b) { %s = a; break @; } } }", l(), l(), to(text))
		},
		func() string { return fill(n, "const @ = %s; %s = @; %s = @;", e(), to(anything), to(anything)) },
		func() string {
			return fill(n, "const @ = %s; %s.a = @; %s.b = @; @.push('late');", l(), metadata, metadata)
		},
		func() string {
			return fill(n, "const @ = { list: %s }; %s = @; @.list.push('z'); @.more = 1;", l(), to(object))
		},
		func() string { return fill(n, "var @ = %s; %s = @++ + ++@;", e(), to(number)) },
		func() string { return fill(n, "let @; %s = (@ = %s) ? @ : 'no';", to(anything), e()) },
		func() string {
			return fill(n, "const @ = (f) => f(%s); %s = @(x => [x, x]); %s = @(String);", e(), to(anything), to(anything))
		},
		func() string {
			return fill(n, "function @(a, b = a, ...rest) { return [a, b, rest.length, arguments.length]; } %s = @(%s); %s = @(1, undefined, 3, 4);", to(anything), e(), to(anything))
		},
		func() string {
			t := to(number)
			return fill(n, "const @ = () => { %s = (%s || 0) + 1; return %s; }; %s = @() + @();", t, t, t, to(number))
		},
		func() string { return fill(n, "if (%s) var @ = %s; %s = @;", bare(g.truth(1)), e(), to(anything)) },
		func() string {
			return fill(n, "const @ = %s; for (const k in @) { if (Object.prototype.hasOwnProperty.call(@, k)) %s = k; }", o(), to(text))
		},
		func() string {
			return fmt.Sprintf("%s = [%s, %s].sort(); %s = [3, 1, 10, 2].sort();", to(list), g.value(text, 1), e(), to(list))
		},
		func() string {
			return fmt.Sprintf("%s = [3, 1, 10, 2].sort((a, b) => %s);", to(list), g.pick("a - b", "b - a", "0", "a > b"))
		},
		func() string {
			return fmt.Sprintf("%s = { [%s]: 1, [%s]: 2, b: %s };", to(object), e(), g.value(text, 0), e())
		},
		func() string { return fmt.Sprintf("if (%s) throw %s;", bare(g.truth(2)), g.thrown()) },
		func() string {
			return fmt.Sprintf("%s = -0 * %s; %s = 1 / %s;", to(number), g.value(number, 0), to(number), g.value(number, 0))
		},
		func() string {
			return fmt.Sprintf("%s = %s === %s; %s = %s == %s;", to(truth), g.value(anything, 1), g.value(anything, 1), to(truth), g.value(anything, 1), g.value(anything, 1))
		},
		func() string { return g.success() + ";" },
		func() string { return g.denial() + ";" },
		func() string { return fmt.Sprintf("%s = %s.concat(%s);", to(anything), g.value(list, 1), e()) },
		func() string { return fmt.Sprintf("%s = %s + '';", to(anything), g.value(anything, 1)) },
		func() string {
			return fmt.Sprintf("%s = Object.entries(%s).map(([k, v]) => k + '=' + v).join('&');", to(text), o())
		},
		func() string {
			return fill(n, "const @ = JSON.parse(JSON.stringify(%s)); @.touched = true; %s = @;", o(), to(object))
		},
		func() string {
			return fill(n, "var @ = new Date(%s); @.setDate(@.getDate() + 30); %s = @.toISOString();", g.rooted("user.created_at"), to(text))
		},
		func() string {
			return fill(n, "const @ = %s; delete %s; %s = @;", g.path(object), g.rooted("user.app_metadata"), to(anything))
		},
		func() string {
			return fill(n, "var @ = function f(n) { return n > 0 ? n + f(n - 1) : 0; }; %s = @(4);", to(number))
		},
		func() string {
			return fill(n, "const [@ = 1, { a: @_a = %s } = {}] = %s; %s = [@, @_a];", e(), l(), to(anything))
		},
		func() string {
			return fill(n, "const @ = { roles: %s }; @.roles = @.roles || []; @.roles.push(%s); @.roles.length = 1; %s = @;", e(), e(), to(object))
		},
		func() string { return fill(n, "var @ = %s; @ = @ && @.length ? @[0] : @; %s = @;", e(), to(anything)) },
		func() string {
			return fmt.Sprintf("%s = [1, , 3].map(x => x); %s = [undefined, null].join('-');", to(anything), to(text))
		},
		func() string { return fill(n, "for (var @ in %s) {} %s = typeof @;", l(), to(text)) },
		func() string {
			return fmt.Sprintf("%s = %s.%s;", to(anything), wrapped(g.value(anything, 1)), g.pick("length", "constructor", "toString", "roles", "a"))
		},
		func() string { return fmt.Sprintf("%s = String(%s) + `${[%s]}`;", to(text), e(), e()) },
	}
	g.line("%s", pickOf(g.random, ways)())
}
