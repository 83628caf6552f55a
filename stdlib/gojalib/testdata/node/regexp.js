//# regexp/flags
return [/a/gimsuy.flags, /a/.flags, new RegExp('a','yg').flags, /a/dg.flags];

//# regexp/flag-d
var m=/a(?<n>b)?/d.exec('xab'); return [m.indices, m.indices.groups.n, /a/d.hasIndices, /a/.hasIndices];

//# regexp/flag-v
return [/[\p{L}--[a-z]]/v.test('a'), /[\p{L}--[a-z]]/v.test('A'), /a/v.unicodeSets];

//# regexp/flag-bad
return new RegExp('a','x');

//# regexp/flag-dup
return new RegExp('a','gg');

//# regexp/source-bad
return new RegExp('(');

//# regexp/source-bad2
return new RegExp('[b-a]');

//# regexp/source-bad3
return new RegExp('a**');

//# regexp/source-bad4
return new RegExp('\\');

//# regexp/source-bad5
return new RegExp('(?<a>.)(?<a>.)');

//# regexp/source-bad6
return new RegExp(')');

//# regexp/source-bad7
return new RegExp('[');

//# regexp/source-bad8
return new RegExp('?');

//# regexp/source-bad9
return new RegExp('{1}', 'u');

//# regexp/dotAll
return [/a.b/s.test('a\nb'), /a.b/.test('a\nb'), /a.b/.test('a\u2028b'), /a/s.dotAll];

//# regexp/sticky
var r=/a/y; r.lastIndex=1; return [r.test('ba'), r.lastIndex, r.test('ba'), r.lastIndex, /a/y.sticky];

//# regexp/sticky-replace
return 'aaba'.replace(/a/gy,'x');

//# regexp/sticky-split
return 'a,b,c'.split(/,/y);

//# regexp/lastIndex-g
var r=/a/g; var o=[]; var m; while((m=r.exec('aXa'))) o.push(m.index, r.lastIndex); o.push(r.lastIndex); return o;

//# regexp/lastIndex-test
var r=/a/g; return [r.test('a'), r.test('a'), r.test('a')];

//# regexp/empty-match-g
return 'abc'.replace(/x*/g,'-');

//# regexp/empty-match-u
return '😀'.replace(/(?:)/gu,'-');

//# regexp/lookbehind
return ['$1 €2'.match(/(?<=€)\d/)[0], 'ab'.match(/(?<!a)b/), 'abc'.replace(/(?<=a)b/,'X')];

//# regexp/lookbehind-var
return 'aaab'.match(/(?<=(a+))b/)[1];

//# regexp/lookahead
return ['ab'.match(/a(?=b)/)[0], 'ac'.match(/a(?!b)/)[0]];

//# regexp/lookahead-capture
return 'abc'.match(/(?=(b))b/);

//# regexp/negative-lookahead-capture
return 'baaabac'.match(/(.*?)a(?!(a+)b\2c)\2(.*)/);

//# regexp/backref
return [/(a)\1/.test('aa'), /(?<x>a)\k<x>/.test('aa'), /\1(a)/.exec('aa')];

//# regexp/backref-undef
return /(?:(a)|b)\1/.exec('b');

//# regexp/backref-reset
return /(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac');

//# regexp/p-L
return ['é1_Ж'.match(/\p{L}/gu), 'aΩ'.match(/\p{Script=Greek}/u)[0], /\P{L}/u.test('a'), 'Ab'.match(/\p{Lu}/u)[0]];

//# regexp/p-emoji
return ['a😀1'.match(/\p{Emoji_Presentation}/u)[0], /\p{Emoji}/u.test('1')];

//# regexp/p-alpha
return [/^\p{Alphabetic}+$/u.test('abcé'), /\p{White_Space}/u.test('\u00a0'), /\p{ASCII}/u.test('é'), /\p{ID_Start}/u.test('a')];

//# regexp/p-script-ext
return /\p{Script_Extensions=Latin}/u.test('a');

//# regexp/p-gc
return [/\p{General_Category=Decimal_Number}/u.test('5'), /\p{Nd}/u.test('٣'), /\p{Letter}/u.test('q')];

//# regexp/p-bad
return new RegExp('\\p{Nope}','u');

//# regexp/p-nou
return /\p{L}/.test('p{L}');

//# regexp/u-astral
return ['😀'.match(/./u)[0].length, '😀'.match(/./)[0].length, /^.$/u.test('😀'), /\u{1F600}/u.test('😀'), /[😀]/u.test('😀')];

//# regexp/i-unicode
return [/é/i.test('É'), /ſ/i.test('s'), /ſ/iu.test('s'), /\u212a/i.test('k'), /\u212a/iu.test('k'), /σ/i.test('ς'), /ß/iu.test('ẞ'), /İ/i.test('i')];

//# regexp/i-class
return [/[a-z]/i.test('K'), /[^a-z]/i.test('K'), /[à-ý]/i.test('Ý'), /\w/iu.test('ſ'), /\w/i.test('ſ')];

//# regexp/named-groups
var m=/(?<year>\d{4})-(?<month>\d\d)/.exec('2020-12'); return [{...m.groups}, m.length];

//# regexp/named-dup-alt
return new RegExp('(?<a>x)|(?<a>y)').exec('y');

//# regexp/symbol-replace
return RegExp.prototype[Symbol.replace].call(/a/g,'aXa','b');

//# regexp/caret-multiline
return ['a\nb'.match(/^b/m)[0], 'a\r\nb'.match(/a$/m).index, 'a\nb'.match(/a$/), 'a\u2028b'.match(/^b/m).index];

//# regexp/class-escapes
return ['a-b_c d'.match(/[\w-]+/)[0], '\u00a0'.match(/\s/)!==null, '\ufeff'.match(/\s/)!==null, /[\b]/.test('\b'), /\cA/.test('\x01'), /[^]/.test('\n'), /[]/.test('a')];

//# regexp/digit-unicode
return [/\d/.test('٣'), /\w/.test('é'), /\bé/.test('é'), /\d/u.test('٣')];

//# regexp/quantifiers
return ['aaa'.match(/a{2}/)[0], 'aaa'.match(/a{2,}?/)[0], 'a{,2}'.match(/a{,2}/)[0], 'aaaa'.match(/a{1,3}/)[0], /x{0}/.test('')];

//# regexp/octal
return [/\0/.test('\0'), /\07/.test('\x07'), /\8/.test('8'), /\x41\u0042/.test('AB')];

//# regexp/identity-escape
return [/\-\/\a/.test('-/a'), /[\-]/.test('-'), /\_/.test('_')];

//# regexp/legacy-brace
return [/{/.test('{'), /}/.test('}'), /]/.test(']'), /a{/.test('a{')];

//# regexp/source
return [/a\/b/.source, new RegExp('/').source, new RegExp('').source, String(new RegExp('\n')), RegExp('a','g').toString()];

//# regexp/constructor
return [RegExp(/a/g).flags, new RegExp(/a/g,'i').flags, RegExp(/a/) instanceof RegExp];

//# regexp/email
return ['a@b.co','a@b','@b.c','x.y+z@sub.example.org'].map(e=>/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(e));

//# regexp/test-undef
return [/undefined/.test(), /null/.test(null)];

//# regexp/exec-null
return /a/.exec('b');

//# regexp/split-limit
return 'a-b-c-d'.split('-',2);

//# regexp/replace-special
return '[x]'.replace(/[.*+?^${}()|[\]\\]/g,'\\$&');

//# regexp/nested-quant
return /^(a+)+$/.test('aaaa');

//# regexp/greedy
return ['<a><b>'.match(/<.+>/)[0], '<a><b>'.match(/<.+?>/)[0]];

//# regexp/lastMatch
/(b)c/.test('abcd'); return [RegExp.$1, RegExp['$&'], RegExp.lastMatch];

//# regexp/isregexp
var r=/a/; r[Symbol.match]=false; return '/a/'.includes(r);

//# regexp/global-unicode-lastIndex
var r=/./gu; r.exec('😀a'); return r.lastIndex;

//# regexp/surrogate-halves
return [/\ud83d/.test('😀'), /\ud83d/u.test('😀'), /^[^x]$/.test('😀'), /^[^x]$/u.test('😀')];

//# regexp/compile
var r=/a/; r.compile('b','g'); return [r.source,r.flags];

//# regexp/flags-getter
return Object.getOwnPropertyDescriptor(RegExp.prototype,'flags').get.call({global:true,hasIndices:true,unicode:1});

//# regexp/proto-global
return [RegExp.prototype.global, RegExp.prototype.source, RegExp.prototype.flags, RegExp.prototype.toString()];

//# regexp/control
return [/[\cA-\cZ]/.test('\x05'), /\t\v\f\n\r/.test('\t\v\f\n\r')];

//# regexp/alternation
return 'foobar'.match(/foo|foobar/)[0];

//# regexp/case-fold-range
return [/[Α-Ω]/i.test('ω'), /[а-я]/i.test('Я'), /[ａ-ｚ]/i.test('Ａ')];

//# regexp/nongreedy-capture
return 'aaa'.match(/(a*?)a$/)[1];

//# regexp/word-boundary
return 'hi there'.replace(/\b/g,'|');

//# regexp/big-repeat
return /a{1001}/.test('a'.repeat(1001));

//# regexp/huge-repeat
return /^a{70000}$/.test('a'.repeat(70000));

//# regexp/modifiers
return new RegExp('(?i:a)');

//# regexp/exec-sticky-g
var r=/a/gy; var s=[]; r.lastIndex=0; for (let i=0;i<3;i++) s.push(r.exec('aab')&&r.lastIndex); return s;

//# regexp/empty-behind-match
return ["AZZ".match(/\w{2,}|/g), 'AZZ'.replace(/\w{2,}|/g,'-'), 'aab'.match(/a*/g), 'aab'.replace(/a*/g,'x'), 'baac'.replace(/a*/g,'x'), 'baac'.match(/a*?/g), 'abc'.replace(/b|/g,'-')];

//# regexp/empty-not-ascii
return ["é1".match(/\w*/g), 'éab'.replace(/a*/g,'x'), 'éaab'.match(/a*/g)];

//# regexp/split-empty
return ['éaab'.split(/a*/), 'aab'.split(/a*/), 'é,b'.split(/,?/), 'abc'.split(/(?:)/), 'éb'.split(/(?:)/), 'éb'.split(/(b)?/), 'ab'.split(/(b)?/), 'abc'.split(/b|/), 'abc'.split(/|b/), 'é😀'.split(/(?:)/u), 'é😀'.split(/(?:)/), 'a b'.split(/\b/), 'é b'.split(/\b/), ''.split(/a*/), ''.split(/a/), 'é b'.split(/\s*/)];

//# regexp/boundary-not-ascii
return ['é b'.match(/\b/g), 'aé b'.replace(/\b/g,'|'), 'aéb'.replace(/\B/g,'|'), 'éa'.search(/\b/), /\b/.exec('éa').index, 'aéb cd'.replace(/\b\w/g,m=>m.toUpperCase()), 'ééa'.replace(/\Ba/g,'x'), 'élan vital'.replace(/\b\w/g, c=>c.toUpperCase()), 'élan vital'.match(/\b\w+\b/g), 'ſk K'.match(/\b\w/g)];

//# regexp/i-ascii-only
return [/k/i.test('\u212a'), /s/i.test('\u017f'), /\u212a/i.test('k'), /[a-z]/i.test('\u212a'), /\w/i.test('\u212a'), /\w/iu.test('\u212a'), /\W/iu.test('k'), /[^k]/i.test('\u212a'), /\u017f/i.test('S'), /ſ/i.test('s')];

//# regexp/i-ascii-only-methods
return ['Kk\u212a'.replace(/k/gi,'x'), 'sS\u017f'.match(/s/gi), '\u212aelvin'.match(/kelvin/i), 'a\u017f'.search(/s/i), 'a\u212ab'.split(/k/i)];

//# regexp/i-fold-table
return [/é/i.test('É'), /É/i.test('é'), /ß/i.test('ẞ'), /ẞ/i.test('ß'), /ω/i.test('Ω'), /Ω/i.test('Ω'), /\u2126/i.test('ω'), /å/i.test('\u212b'), /σ/i.test('ς'), /µ/i.test('μ'), /İ/i.test('i'), /ı/i.test('I'), /i/i.test('İ'), /i/i.test('ı'), /ǆ/i.test('ǅ'), /ᲀ/i.test('в'),/θ/i.test('ϴ')];

//# regexp/u-named-not-ascii
return ['é2020'.match(/(?<y>\d{4})/u).groups.y, /a(?<y>b)|c/u.exec('éc').groups.y, 'é1'.replace(/(?<a>\d)/u,'$<a>!'), 'é1'.match(/(?<a>\d)|(?<b>x)/u).groups];

//# regexp/i-back-reference
return /(k)\1/i.test('k\u212a');

//# regexp/u-dot-line-end
return 'a\u2028b'.match(/.É*/gu);

//# regexp/lastIndex-kept
var r = /\bé?\w*/g, o = []; for (var m; (m = r.exec('é ab')) && o.length < 20;) { o.push(m[0], m.index, r.lastIndex); if (m[0] === '') r.lastIndex++; } o.push(r.lastIndex); var y = /K/iy; y.lastIndex = 1; o.push(y.test('ék'), y.lastIndex, 'ék'.replace(y, 'x'), y.lastIndex); r.lastIndex = 3; o.push('é'.replace(r, ''), r.lastIndex, 'éé'.search(r), r.lastIndex, 'é a'.split(r), r.lastIndex); return o;

//# regexp/compile-again
var r = /k/i; var o = [r.test('\u212a')]; r.compile('\\w*', 'g'); o.push('éab'.match(r), r.flags); return o;

//# regexp/own-exec
var r = /a*/g; r.exec = function () { return null; }; return ['aab'.match(r), 'aab'.replace(r, 'x'), 'ab'.split(/(?:)/)];

//# regexp/subclass
class R extends RegExp { exec(s) { var m = super.exec(s); if (m) m[0] = '!'; return m; } } return ['éa'.replace(new R('a', 'i'), '[$&]'), 'éa'.match(new R('a'))];

//# regexp/subclass-i
class R extends RegExp {} return new R('k', 'i').test('\u212a');

//# regexp/i-not-word
var r = /\W+/gi, o = []; for (var m; m = r.exec('ss kk!');) o.push(m[0]); return [o, 'ss kk'.split(/\W+/i), [...'a k s'.matchAll(/\W/gi)].length, /(?=.)\W/i.test('k'), 'a k'.replace(/\W(?=k)|/gi, '-'), /[\W]/i.test('s'), /[^\W]/i.test('k')];

//# regexp/u-first-only
return ['aé b'.replace(/[^a-z](?!k)/u, '-'), 'éa-a'.replace(/a(?!b)/u, 'x'), 'éaa'.match(/a(?!b)/u).index];

//# regexp/sticky-not-ascii
var y = /K|[a-z]s/y; return ['aé ks'.replace(y, '-'), y.lastIndex, 'Ké'.replace(y, '-'), y.lastIndex, 'éaé'.replace(/a/y, '-')];

//# regexp/called-in-constructor
function make(source) { return RegExp(source, 'i'); }
class Words { constructor() { this.one = make('a(b)'); this.two = RegExp(this.one); this.three = 'x'.replace(/x/, () => typeof RegExp('y').exec); } }
class Own extends RegExp { constructor() { super('own', 'g'); this.inner = RegExp('z') instanceof Own; } }
const w = new Words(), own = new Own();
return [w.one instanceof RegExp, w.one.exec('xAB')[1], w.two === w.one, w.three, own instanceof Own, own.inner, own.flags, Reflect.construct(RegExp, ['q'], Words) instanceof Words];
