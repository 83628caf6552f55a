// Prints date_zones.txt: what ICU calls each time zone in English.
//
//	unzip -Z1 "$(go env GOROOT)/lib/time/zoneinfo.zip" | node testdata/zones.js > ../jsvalue/date_zones.txt
//
// A line `alias=id` maps a name to ICU's canonical one. A line
// `id|std|dst|segment|segment…` holds the names that Date.prototype.toString
// uses, then the names that Intl uses, by date and by offset: a segment is
// `from;offset,long,short;…`, from and offset in seconds, valid until the next
// segment's from. An offset that a segment lacks is shown as GMT±h:mm.
'use strict';
const { spawnSync } = require('child_process');

if (process.argv[2] === 'today') {
  const found = {};
  const name = (t) => /\((.*)\)$/.exec(new Date(t).toString())[1];
  for (const id of JSON.parse(process.argv[3])) {
    process.env.TZ = id;
    const names = {};
    for (let t = Date.UTC(1900, 0, 1); t < Date.UTC(2030, 0, 1); t += 864e5 * 20) names[name(t)] = 1;
    found[id] = { names: Object.keys(names), jan: name(Date.UTC(2026, 0, 10)), jul: name(Date.UTC(2026, 6, 10)) };
  }
  process.stdout.write(JSON.stringify(found));
  process.exit(0);
}

const listed = require('fs').readFileSync(0, 'utf8').split('\n').filter((n) => n && !n.endsWith('/') && n !== 'Factory');
const legacy = 'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST'.split(' ');
const canonical = new Set(['UTC']);
const lines = [];
for (const name of [...listed, ...legacy, ...Intl.supportedValuesOf('timeZone')].sort()) {
  let id;
  try {
    id = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch (e) {
    process.stderr.write('refused: ' + name + '\n');
    continue;
  }
  canonical.add(id);
  if (id !== name && !lines.includes(name + '=' + id)) lines.push(name + '=' + id);
}
const seconds = (text) => {
  if (text === 'GMT') return 0;
  const m = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
  return (m[1] === '-' ? -1 : 1) * (+m[2] * 3600 + +m[3] * 60 + +(m[4] || 0));
};
const ids = [...canonical].sort();
const today = JSON.parse(spawnSync(process.execPath, [__filename, 'today', JSON.stringify(ids)], { encoding: 'utf8', maxBuffer: 1e8 }).stdout);
for (const id of ids) {
  const f = {};
  for (const style of ['long', 'short', 'longOffset', 'shortOffset']) {
    const dtf = new Intl.DateTimeFormat('en-US', { timeZone: id, timeZoneName: style });
    f[style] = (t) => dtf.format(t).replace(/^.*?, /, '');
  }
  const at = (t) => {
    const lo = f.longOffset(t), long = f.long(t), short = f.short(t);
    const value = (long === lo ? '' : long) + ',' + (short === f.shortOffset(t) ? '' : short);
    return { offset: seconds(lo), value };
  };
  const segments = [];
  let current, prev = Date.UTC(1880, 0, 1), begin = -Infinity;
  for (let t = prev; t < Date.UTC(2045, 0, 1); t += 864e5 * 12) {
    const s = at(t);
    if (!current || (s.offset in current.names && current.names[s.offset] !== s.value)) {
      let from = -1e13;
      if (current) {
        let lo = prev, hi = t;
        const same = (u) => { const x = at(u); return x.offset === s.offset && x.value === s.value; };
        while (hi - lo > 1000) {
          const mid = Math.floor((lo + hi) / 2000) * 1000;
          if (same(mid)) hi = mid; else lo = mid;
        }
        from = hi;
      }
      current = { from: from / 1000, names: {} };
      segments.push(current);
    }
    current.names[s.offset] = s.value;
    prev = t;
  }
  const { names, jan, jul } = today[id];
  const isSummer = (n) => /Summer|Daylight/.test(n) || n === 'Irish Standard Time';
  let std = isSummer(jan) ? jul : jan, dst = isSummer(jan) ? jan : jul;
  if (!isSummer(dst)) dst = names.find(isSummer) || names.find((n) => n !== std) || std;
  if (names.length > 2 || (names.length === 2 && !names.includes(dst))) process.stderr.write(id + ' ' + JSON.stringify(today[id]) + '\n');
  const text = segments.map((g) => [g.from, ...Object.entries(g.names).filter(([, v]) => v !== ',').map(([o, v]) => o + ',' + v)].join(';'));
  lines.push([id, std, dst, ...text].join('|'));
}
process.stdout.write(lines.join('\n') + '\n');
