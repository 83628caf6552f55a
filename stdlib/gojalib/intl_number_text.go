package gojalib

import (
	"math"
	"strings"
)

// round applies the format's digits and returns the least number of fraction
// digits to show.
func (f *numberFormat) round(d decimal) (decimal, int) {
	switch {
	case f.compactRounding:
		// Two significant digits, but never fewer than the whole part has.
		return d.rounded(max(2, d.exponent)), 0
	case f.maxSignificant > 0:
		d = d.rounded(f.maxSignificant)
		whole := d.exponent
		if d.digits == "" {
			whole = 1
		}
		return d, f.minSignificant - whole
	default:
		return d.rounded(d.exponent + f.maxFraction), f.minFraction
	}
}

var compactNames = [...]struct{ short, long string }{{}, {"K", "thousand"}, {"M", "million"}, {"B", "billion"}, {"T", "trillion"}}

// parts formats a number.
func (f *numberFormat) parts(d decimal) []formatPart {
	var number []formatPart
	var suffix []formatPart
	plural := "other"
	zero := false
	if d.special != "" {
		kind := "nan"
		if d.special == "∞" {
			kind = "infinity"
		}
		number = []formatPart{{kind, d.special}}
	} else {
		if f.style == "percent" && d.digits != "" {
			d.exponent += 2
		}
		power := 0
		if f.compact != "" {
			power = f.compactPower(d)
			d.exponent -= 3 * power
			if d.digits == "" {
				d.exponent = 0
			}
		}
		rounded, minFraction := f.round(d)
		zero = rounded.digits == ""
		whole, fraction := rounded.plain(f.minInteger, minFraction)
		if f.trailingZeroMode == "stripIfInteger" && strings.Trim(fraction, "0") == "" {
			fraction = ""
		}
		if whole == "1" && fraction == "" && power == 0 {
			plural = "one"
		}
		number = f.digits(whole, fraction)
		if power > 0 {
			if f.compact == "long" && f.style != "currency" {
				suffix = []formatPart{{"literal", " "}, {"compact", compactNames[power].long}}
			} else {
				suffix = []formatPart{{"compact", compactNames[power].short}}
			}
		}
	}
	return f.decorate(append(number, suffix...), f.signFor(d, zero), plural)
}

// compactPower picks thousands, millions, … for a number; rounding may lift
// 999,950 to 1M.
func (f *numberFormat) compactPower(d decimal) int {
	power := func(d decimal) int { return min(max((d.exponent-1)/3, 0), len(compactNames)-1) }
	p := power(d)
	shifted := d
	shifted.exponent -= 3 * p
	if rounded, _ := f.round(shifted); rounded.exponent > 3 && p < len(compactNames)-1 {
		p++
	}
	return p
}

func (f *numberFormat) digits(whole, fraction string) []formatPart {
	least := map[string]int{"auto": 4, "always": 4, "min2": 5, "": math.MaxInt}[f.grouping]
	var parts []formatPart
	if len(whole) < least {
		parts = append(parts, formatPart{"integer", whole})
	} else {
		for first := len(whole) % 3; whole != ""; first = 3 {
			if first == 0 {
				continue
			}
			if len(parts) > 0 {
				parts = append(parts, formatPart{"group", ","})
			}
			parts = append(parts, formatPart{"integer", whole[:first]})
			whole = whole[first:]
		}
	}
	if fraction != "" {
		parts = append(parts, formatPart{"decimal", "."}, formatPart{"fraction", fraction})
	}
	return parts
}

// signFor answers "-", "+" or "".
func (f *numberFormat) signFor(d decimal, zero bool) string {
	negative := d.negative && d.special != "NaN"
	nothing := zero || d.special == "NaN"
	switch f.sign {
	case "never":
		return ""
	case "negative":
		if negative && !nothing {
			return "-"
		}
		return ""
	case "exceptZero":
		if nothing {
			return ""
		}
	case "auto":
		if !negative {
			return ""
		}
	}
	if negative {
		return "-"
	}
	return "+"
}

// decorate adds sign, percent sign and currency.
func (f *numberFormat) decorate(number []formatPart, sign, plural string) []formatPart {
	var parts []formatPart
	signPart := formatPart{"minusSign", "-"}
	if sign == "+" {
		signPart = formatPart{"plusSign", "+"}
	}
	parentheses := sign == "-" && f.accounting && f.style == "currency" && f.currencyDisplay != "name"
	switch {
	case parentheses:
		parts = append(parts, formatPart{"literal", "("})
	case sign != "":
		parts = append(parts, signPart)
	}
	switch {
	case f.style == "percent" && f.compact != "":
		parts = append(append(parts, number...), formatPart{"unit", "%"}) // Node's name for it here
	case f.style == "percent":
		parts = append(append(parts, number...), formatPart{"percentSign", "%"})
	case f.style == "currency" && f.currencyDisplay == "name":
		c := currencies()[f.currency]
		name := c.other
		if plural == "one" {
			name = c.one
		}
		parts = append(append(parts, number...), formatPart{"literal", " "}, formatPart{"currency", name})
	case f.style == "currency":
		symbol := f.symbol()
		parts = append(parts, formatPart{"currency", symbol})
		if last := symbol[len(symbol)-1] | 0x20; last >= 'a' && last <= 'z' && number[0].kind == "integer" {
			parts = append(parts, formatPart{"literal", "\u00a0"})
		}
		parts = append(parts, number...)
	default:
		parts = append(parts, number...)
	}
	if parentheses {
		parts = append(parts, formatPart{"literal", ")"})
	}
	return parts
}

func (f *numberFormat) symbol() string {
	c := currencies()[f.currency]
	switch f.currencyDisplay {
	case "symbol":
		return c.symbol
	case "narrowSymbol":
		return c.narrow
	}
	return f.currency
}

func (f *numberFormat) text(d decimal) string {
	var b strings.Builder
	for _, part := range f.parts(d) {
		b.WriteString(part.text)
	}
	return b.String()
}
