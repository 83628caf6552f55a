// Prints intl_patterns.txt: the pattern that ICU chooses for each set of fields
// of Intl.DateTimeFormat('en-US').
//
//	node testdata/patterns.js > intl_patterns.txt
//
// A line holds the fields asked for, in CLDR's letters, a tab and the pattern.
// Letters are fields, text in quotes is literal. A date's line ends with the
// glue, which stands between this date and a time; without glue ICU has no sane
// pattern for the two.
'use strict';
const when = new Date(Date.UTC(2024, 0, 2, 3, 4, 5, 67));
const letter = { weekday: 'E', era: 'G', year: 'y', month: 'M', day: 'd', minute: 'm', second: 's', fractionalSecond: 'S', dayPeriod: 'a', timeZoneName: 'z' };
const width = {
  Tuesday: 4, Tue: 3, T: 5, 'Anno Domini': 4, AD: 3, A: 5, 2024: 1, 24: 2, January: 4, Jan: 3, J: 5,
};
const quote = (s) => (/[A-Za-z']/.test(s) ? "'" + s.replace(/'/g, "''") + "'" : s);
function pattern(options) {
  const f = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options });
  let out = '';
  for (const { type, value } of f.formatToParts(when)) {
    if (type === 'literal') { out += quote(value); continue; }
    let l = letter[type], n;
    if (type === 'hour') l = { h11: 'K', h12: 'h', h23: 'H', h24: 'k' }[f.resolvedOptions().hourCycle];
    if (!l) throw new Error(type + ' ' + JSON.stringify(options));
    if (type === 'dayPeriod' || type === 'timeZoneName') n = 1;
    else if (type === 'fractionalSecond') n = value.length;
    else if (type === 'weekday' || type === 'era' || type === 'year' || (type === 'month' && !/\d/.test(value))) n = width[value];
    else n = value.length;
    if (!n) throw new Error(type + '=' + value);
    out += l.repeat(n);
  }
  return out;
}
const pick = (name, l, styles) => [['', {}], ...Object.entries(styles).map(([n, s]) => [l.repeat(+n), { [name]: s }])];
const cross = (...lists) => lists.reduce((all, list) => all.flatMap(([k, o]) => list.map(([l, p]) => [k + l, { ...o, ...p }])), [['', {}]]);
const text = { 3: 'short', 4: 'long', 5: 'narrow' };
const digits = { 1: 'numeric', 2: '2-digit' };
const dates = cross(pick('era', 'G', text), pick('year', 'y', digits), pick('month', 'M', { ...digits, ...text }), pick('weekday', 'E', text), pick('day', 'd', digits)).slice(1);
const hours = [['', {}]];
for (const [l, hourCycle] of [['h', 'h12'], ['K', 'h11'], ['H', 'h23'], ['k', 'h24']]) hours.push([l, { hour: 'numeric', hourCycle }], [l + l, { hour: '2-digit', hourCycle }]);
const times = cross(hours, pick('minute', 'm', digits), pick('second', 's', digits), pick('fractionalSecondDigits', 'S', { 1: 1, 2: 2, 3: 3 }), [['', {}], ['z', { timeZoneName: 'short' }]]).slice(1);

const lines = [];
for (const t of times) lines.push('time\t' + t[0] + '\t' + (t.pattern = t[0] === 'z' ? 'z' : pattern(t[1]))); // z alone would add a date
for (const d of dates) {
  d.pattern = pattern(d[1]);
}
// How a date and a time join; joinPattern in intl_datetime.go has the same rules.
function join(d, t) {
  if (/^G+$/.test(d[0])) return (t[0] === 'z' ? d.pattern : d[0]) + ', ' + t.pattern;
  if (/^E+$/.test(d[0]) && /^([hK]+|[hKHk]+m+s*)$/.test(t[0])) return d.pattern + ' ' + t.pattern;
  return d.pattern + d.glue + t.pattern;
}
const probe = times.find((t) => t[0] === 'mm');
for (const d of dates) {
  const both = pattern({ ...d[1], ...probe[1] });
  d.glue = both.startsWith(d.pattern) && both.endsWith(probe.pattern) ? both.slice(d.pattern.length, both.length - probe.pattern.length) : '';
  if (d.glue === '' && !/^G+$/.test(d[0])) process.stderr.write('no glue: ' + d[0] + '\t' + both + '\n');
  else for (const t of times) {
    const got = pattern({ ...d[1], ...t[1] });
    if (got !== join(d, t)) process.stderr.write('other: ' + d[0] + ' ' + t[0] + '\t' + got + '\t' + join(d, t) + '\n');
  }
  lines.push('date\t' + d[0] + '\t' + d.pattern + '\t' + d.glue);
}
for (const dateStyle of ['full', 'long', 'medium', 'short']) lines.push('style\t' + dateStyle + '\t' + pattern({ dateStyle }));
for (const timeStyle of ['full', 'long', 'medium', 'short']) for (const hourCycle of ['h12', 'h11', 'h23', 'h24']) lines.push('style\t' + timeStyle + ' ' + hourCycle + '\t' + pattern({ timeStyle, hourCycle }));
process.stdout.write(lines.join('\n') + '\n');
