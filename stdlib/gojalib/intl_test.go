package gojalib_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The wanted values are Node 20's, where Node supports the case as well.
func TestIntl(t *testing.T) {
	const at = `new Date(Date.UTC(2024, 0, 2, 3, 4, 5, 67))`
	tests := []struct{ in, want string }{
		{at + `.toLocaleString()`, "1/1/2024, 10:04:05 PM"},
		{at + `.toLocaleDateString('en-US', {weekday: 'long', year: 'numeric', month: 'long', day: 'numeric'})`, "Monday, January 1, 2024"},
		{at + `.toLocaleTimeString('en-US', {hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin', timeZoneName: 'short'})`, "04:04 AM GMT+1"},
		{at + `.toLocaleString('en-US', {timeZone: 'America/New_York', timeZoneName: 'long'})`, "1/1/2024, 10:04:05 PM Eastern Standard Time"},
		{at + `.toLocaleString('en-US', {dateStyle: 'full', timeStyle: 'long', timeZone: 'UTC'})`, "Tuesday, January 2, 2024 at 3:04:05 AM UTC"},
		{at + `.toLocaleString('en-US', {hour12: false, timeZone: 'UTC', fractionalSecondDigits: 3, minute: 'numeric', hour: 'numeric', second: 'numeric'})`, "03:04:05.067"},
		{at + `.toLocaleTimeString('en-US', {timeZone: 'asia/kolkata', hourCycle: 'h23'})`, "08:34:05"},
		{`Intl.DateTimeFormat('en-US', {timeZone: 'UTC'}).formatToParts(0).map(p => p.type + p.value).join('|')`, "month1|literal/|day1|literal/|year1970"},
		{`Intl.DateTimeFormat().resolvedOptions().timeZone`, "America/New_York"},
		{`[new Date(0)].map(new Intl.DateTimeFormat('en', {timeZone: 'UTC'}).format).join()`, "1/1/1970"},
		{at + `.toLocaleString('de-DE')`, `RangeError: locale "de-DE" is not supported: only en-US is`},
		{at + `.toLocaleString('x_y')`, "RangeError: Incorrect locale information provided"},
		{at + `.toLocaleString(null)`, "TypeError: Cannot convert undefined or null to object"},
		{at + `.toLocaleString('en-US', {timeZone: 'Mars/Base'})`, "RangeError: Invalid time zone specified: Mars/Base"},
		{at + `.toLocaleString('en-US', {month: 'tiny'})`, "RangeError: Value tiny out of range for Intl.DateTimeFormat options property month"},
		{at + `.toLocaleDateString('en-US', {timeStyle: 'short'})`, "TypeError: Invalid option : timeStyle"},
		{at + `.toLocaleString('en-US', {dateStyle: 'short', year: 'numeric'})`, "TypeError: Can't set option year when dateStyle is used"},
		{`new Intl.DateTimeFormat().format(NaN)`, "RangeError: Invalid time value"},
		{at + `.toLocaleString('en-US', {dayPeriod: 'long'})`, `RangeError: Intl.DateTimeFormat option dayPeriod "long" is not supported: only AM and PM are`},
		{at + `.toLocaleString('en-US', {calendar: 'buddhist'})`, `RangeError: Intl.DateTimeFormat option calendar "buddhist" is not supported: only gregory is`},

		{`(1234567.891).toLocaleString()`, "1,234,567.891"},
		{`(1.005).toLocaleString('en-US', {maximumFractionDigits: 2})`, "1.01"},
		{`(1234.5).toLocaleString('en-US', {style: 'currency', currency: 'USD'})`, "$1,234.50"},
		{`(-1234.5).toLocaleString('en-US', {style: 'currency', currency: 'EUR', currencySign: 'accounting'})`, "(€1,234.50)"},
		{`(1234.5).toLocaleString('en-US', {style: 'currency', currency: 'JPY'})`, "¥1,235"},
		{`(0.256).toLocaleString('en-US', {style: 'percent', maximumFractionDigits: 1})`, "25.6%"},
		{`new Intl.NumberFormat('en-US', {notation: 'compact'}).format(1250000)`, "1.3M"},
		{`(12345678901234567890n).toLocaleString()`, "12,345,678,901,234,567,890"},
		{`[1234.5, null, new Date(0), 'x'].toLocaleString('en-US', {timeZone: 'UTC'})`, "1,234.5,,1/1/1970, 12:00:00 AM,x"},
		{`(1).toLocaleString('fr')`, `RangeError: locale "fr" is not supported: only en-US is`},
		{`(1).toLocaleString('en-US', {style: 'currency'})`, "TypeError: Currency code is required with currency style."},
		{`(1).toLocaleString('en-US', {style: 'unit', unit: 'liter'})`, `RangeError: Intl.NumberFormat option style "unit" is not supported: only decimal, percent and currency are`},

		{`['résumé', 'Resume', 'resume', 'Z', 'a', 'ä', '_', '1'].sort((a, b) => a.localeCompare(b)).join()`, "_,1,a,ä,resume,Resume,résumé,Z"},
		{`'a'.localeCompare('A', undefined, {sensitivity: 'base'})`, "0"},
		{`['b', 'a', 'C'].sort(new Intl.Collator('en').compare).join()`, "a,b,C"},
		{`'ä'.localeCompare('z', 'sv')`, `RangeError: locale "sv" is not supported: only en-US is`},
		{`'10'.localeCompare('9', 'en', {numeric: true})`, `RangeError: Intl.Collator option numeric "true" is not supported: only false is`},
		{`'🐸'.localeCompare('a')`, `RangeError: comparing by locale is not supported for the character '🐸' (U+1F438)`},
		{`'🐸'.localeCompare('🐸')`, "0"},

		{`Intl.DateTimeFormat.supportedLocalesOf(['en-US', 'de', 'EN']).join()`, "en-US,en"},
		{`[String(Intl), new Intl.NumberFormat(), Intl.NumberFormat() instanceof Intl.NumberFormat, typeof Intl.Segmenter].join()`, "[object Intl],[object Intl.NumberFormat],true,undefined"},
		{`new (class extends Intl.NumberFormat {})('en').format(5)`, "5"},
	}
	for _, test := range tests {
		t.Run(test.in, func(t *testing.T) {
			assert.Equal(t, test.want, evaluate(t, newZoneVM(t, "America/New_York"), []string{"return " + test.in})[0])
		})
	}
}
