// Prints intl_currencies.txt: how ICU writes each currency in en-US.
//
//	node testdata/currencies.js > intl_currencies.txt
//
// A line holds code, digits, symbol, narrow symbol, name of one, name of others.
'use strict';
for (const currency of Intl.supportedValuesOf('currency')) {
  const part = (currencyDisplay, n) => new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay }).formatToParts(n).find((p) => p.type === 'currency').value;
  const digits = new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  console.log([currency, digits, part('symbol', 1), part('narrowSymbol', 1), new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay: 'name', maximumFractionDigits: 0 }).formatToParts(1).find((p) => p.type === 'currency').value, part('name', 5)].join('\t'));
}
