//# string/isWellFormed
return ['ab'.isWellFormed(), 'a\ud800'.isWellFormed(), '\ud83d\ude00'.isWellFormed(), '\ude00\ud83d'.isWellFormed()];

//# string/toWellFormed
return ['ab'.toWellFormed(), 'a\ud800b'.toWellFormed(), '\ud83d\ude00'.toWellFormed(), '\udc00'.toWellFormed()];

//# string/replaceAll
return 'a.b.c'.replaceAll('.', '$&$&');

//# string/replaceAll-fn
return 'abab'.replaceAll('a', (m,i)=>m+i);

//# string/replaceAll-nong
return 'aa'.replaceAll(/a/, 'b');

//# string/replace-dollar
return 'abc'.replace('b', "[$&|$`|$'|$$|$1]");

//# string/replace-re-groups
return 'John Smith'.replace(/(\w+)\s(\w+)/, '$2, $1 $3 $10 $01');

//# string/replace-named
return '2020-01-02'.replace(/(?<y>\d+)-(?<m>\d+)/, '$<m>/$<y>/$<none>');

//# string/replace-fn-named
return '2020-01'.replace(/(?<y>\d+)-(?<m>\d+)/, (...a)=>JSON.stringify(a));

//# string/replace-nofn
return 'abc'.replace('b');

//# string/split
return ['a,b,c'.split(','), 'abc'.split(''), 'a1b2c'.split(/\d/), 'a1b2c'.split(/(\d)/), ''.split(','), ''.split(''), 'abc'.split(), 'a,b,c'.split(',',2)];

//# string/split-emoji
return 'a😀'.split('');

//# string/split-empty-re
return 'ab c'.split(/(?:)/u);

//# string/split-lookahead
return 'aBcD'.split(/(?=[A-Z])/);

//# string/padStart
return ['5'.padStart(3,'0'), 'abc'.padStart(2), 'x'.padEnd(5,'ab'), 'x'.padStart(3,'')];

//# string/repeat
return ['ab'.repeat(3), ''.repeat(1e9), 'a'.repeat(0)];

//# string/repeat-neg
return 'a'.repeat(-1);

//# string/repeat-max-ok
return 'a'.repeat(1000).length;

//# string/at-codepoint
return ['a😀'.codePointAt(1), 'a😀'.charCodeAt(1), String.fromCodePoint(128512), '😀'.length, [...'😀'].length];

//# string/fromCodePoint-bad
return String.fromCodePoint(-1);

//# string/fromCodePoint-bad2
return String.fromCodePoint(1.5);

//# string/normalize
return ['\u0041\u030a'.normalize().length, 'ﬁ'.normalize('NFKC'), 'é'.normalize('NFD').length];

//# string/normalize-bad
return 'a'.normalize('x');

//# string/case
return ['ß'.toUpperCase(), 'İ'.toLowerCase().length, 'Σ'.toLowerCase(), 'ΑΣ'.toLowerCase(), 'ﬀ'.toUpperCase(), 'ŉ'.toUpperCase(), 'ΑΣΑ'.toLowerCase(), 'AΣ.'.toLowerCase()];

//# string/case-astral
return ['𐐨'.toUpperCase(), '𐐀'.toLowerCase()];

//# string/case-locale
return ['I'.toLocaleLowerCase(), 'i'.toLocaleUpperCase()];

//# string/case-titles
return ['ǆ'.toUpperCase(), 'ǅ'.toLowerCase(), 'ᾳ'.toUpperCase(), 'ΰ'.toUpperCase(), 'և'.toUpperCase()];

//# string/trim
return ['\ufeff\u00a0 \t\n\v\f\r\u2028\u3000a '.trim(), ' a '.trimStart(), ' a '.trimEnd(), '\u180e'.trim().length, '\u200b'.trim().length, '\u0085'.trim().length];

//# string/trimLeft-name
return [String.prototype.trimLeft.name, String.prototype.trimRight.name];

//# string/indexOf
return ['abcabc'.indexOf('c',3), 'abc'.indexOf(''), 'abc'.indexOf('',10), 'abc'.lastIndexOf('c',-1), 'abc'.lastIndexOf('')];

//# string/includes-re
return 'abc'.includes(/a/);

//# string/startsWith-re
return 'abc'.startsWith(/a/);

//# string/startsWith
return ['abc'.startsWith('b',1), 'abc'.endsWith('b',2), 'abc'.startsWith(''), 'undefined'.startsWith()];

//# string/substring
return ['abc'.substring(2,0), 'abc'.substr(-2,1), 'abc'.slice(2,0), 'abc'.slice(-2), 'abc'.substring(NaN,2)];

//# string/match
return ['a1b2'.match(/\d/g), 'abc'.match(/z/), 'abc'.match(/z/g), 'a1'.match(/([a-z])(\d)?(x)?/)];

//# string/match-props
var m='xabc'.match(/(?<q>b)(c)?/); return [m.index, m.input, m.groups.q, Object.keys(m), Object.getPrototypeOf(m.groups)];

//# string/matchAll
return [...'a1b22'.matchAll(/([a-z])(\d+)/g)].map(m=>[m[0],m[1],m[2],m.index]);

//# string/matchAll-nong
return [...'a1'.matchAll(/a/)];

//# string/matchAll-str
return [...'a.a.'.matchAll('.')].map(m=>m[0]);

//# string/search
return ['abc'.search(/c/), 'abc'.search('z'), 'a.c'.search('.')];

//# string/localeCompare
return ['a'.localeCompare('b'), 'b'.localeCompare('a'), 'a'.localeCompare('a')];

//# string/localeCompare-case
return ['a'.localeCompare('B'), 'a'.localeCompare('A'), 'é'.localeCompare('f'), 'résumé'.localeCompare('resume')];

//# string/raw
return String.raw`a\n${1+1}\u0041`;

//# string/tagged
return (function f(s,...v){return [s.raw, s, v, Object.isFrozen(s), Array.isArray(s.raw)]})`a${1}\n${2}c`;

//# string/tagged-cache
function t(s){return s} function g(){return t`x`} return [g()===g(), t`x`===t`x`];

//# string/tagged-bad-escape
return (s=>[s[0], s.raw[0]])`\u{zz}`;

//# string/template-nested
return `a${`b${1+1}`}c`;

//# string/template-obj
return `${{}} ${[1,2]} ${null} ${undefined} ${() => 1}`;

//# string/template-sym
return `${Symbol('x')}`;

//# string/concat-sym
return 'a' + Symbol('x');

//# string/string-sym
return String(Symbol('x'));

//# string/html
return ['a'.anchor('"x"'), 'a'.bold(), 'a'.link('u'), 'a'.big(), 'a'.fixed(), 'a'.italics(), 'a'.small(), 'a'.strike(), 'a'.sub(), 'a'.sup(), 'a'.blink(), 'a'.fontcolor('red'), 'a'.fontsize(7)];

//# string/html-null
return String.prototype.bold.call(null);

//# string/null-this
return String.prototype.trim.call(null);

//# string/null-this2
return String.prototype.toLowerCase.call(undefined);

//# string/iterate
var r=[]; for (const c of 'a😀\ud800b') r.push(c.length); return r;

//# string/index
return ['abc'[1], 'abc'['1'], 'abc'[5], 'abc'['01'], 'length' in Object('abc'), Object.keys('ab')];

//# string/index-assign
var s='abc'; s[0]='x'; return s;

//# string/index-assign-strict
'use strict'; var s='abc'; s[0]='x'; return s;

//# string/prop-assign-strict
'use strict'; 'abc'.foo = 1;return 1;

//# string/compare
return ['a'<'B', 'a'<'b', '10'<'9', 10<'9', '\u{1F600}'<'\uFFFD', null<1, undefined<1];

//# string/escape
return [escape('ä ü€+/@'), unescape('%u20AC%E4%zz')];

//# string/lone-surrogate
return ['\ud800'.length, JSON.stringify('\ud800'), '\ud83d'+'\ude00' === '😀', [...('\ud83d'+'\ude00')].length];

//# string/at-lone
return 'a\ud800b'.split('').map(c=>c.charCodeAt(0));

//# string/charAt
return ['abc'.charAt(1), 'abc'.charAt(9), 'abc'.charAt(-1), 'abc'.charCodeAt(9)];

//# string/encodeURIComponent
return encodeURIComponent("a b&c=d/é€😀!'()*~-_.");

//# string/encodeURI
return encodeURI("http://x.y/a b?c=é#d%20[]");

//# string/encodeURIComponent-bad
return encodeURIComponent('\ud800');

//# string/decodeURIComponent
return decodeURIComponent('%F0%9F%98%80%20%2B');

//# string/decodeURIComponent-bad
return decodeURIComponent('%E4');

//# string/decodeURIComponent-bad2
return decodeURIComponent('%');

//# string/decodeURI
return decodeURI('%2F%41%3B%e9'.slice(0,9));

//# string/concat
return 'a'.concat(1,null,undefined,[2],{});

//# string/valueOf
return [typeof Object('a'), Object('a') == 'a', new String('a') === 'a', new String('ab').length];

//# string/toString-bad
return String.prototype.toString.call({});

//# string/localeCompare-num
return ['a10','a2','a1'].sort((a,b)=>a.localeCompare(b,undefined,{numeric:true}));

//# string/replaceAll-empty
return ['é'.replaceAll('','x'), 'éa'.replaceAll('',(m,i,s)=>m+i+s), 'éa'.replaceAll('','$&-$`'), 'abc'.replaceAll('','-'), ''.replaceAll('','x'), 'é'.replaceAll(new String(''),'x'), 'é'.replaceAll({toString(){return ''}},'x'), '😀'.replaceAll('','-'), 'éundefined'.replaceAll(undefined,'x'), 'é'.replaceAll([], 'y'), 'éa'.replaceAll('a', '[$&]'), String.prototype.replaceAll.call(new String('é'),'', 1)];

//# string/replaceAll-symbol
return 'é'.replaceAll(Symbol());

//# string/empty-pattern
return ['é'.replace('','x'), 'éa'.split(''), '😀é'.split(''), 'é'.split('',1), [...'éa'.matchAll(/(?:)/g)].map(m=>m.index), [...'😀é'.matchAll(/(?:)/gu)].map(m=>m.index), [...'éa'.matchAll('')].map(m=>m.index)];

//# string/empty-text
return ['é'.padStart(5,'ü'), 'é'.repeat(3), 'é'.indexOf('',5), 'é'.lastIndexOf(''), 'é'.includes(''), 'é'.indexOf(''), 'abc'.replaceAll('','-'), 'é'.concat('')];

//# string/padEnd-max
return 'é'.padEnd(2**30,'ab');

//# string/split-not-ascii
return ['éé'.split('é'), 'aéb'.split('é',1), 'aéb'.split('é',0), 'é'.split('é'), 'éaé'.split('a'), 'aéa'.split('a'), 'aéa'.split('a', 2), 'aé'.split('é',-1)];
