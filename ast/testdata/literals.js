// Literals in all their forms, escapes and lone surrogates included.
function literals() {
  'use strict';
  "a directive";
  ('no directive');
  var numbers = [0, 1, 0x1F, 0XFFFFFFFFFFFFFFFFFF, 0b101, 0o17, 1_000, .5, 5., 1e3, 1E-3, 1.5e+10, 9007199254740993];
  var big = [0n, 123n, 0x1Fn, 9007199254740993n];
  var text = ['', "it's", 'say "x"', '\n\r\t\b\f\v\0', '\x41\u0041\u{1F600}', '\ud83d\ude00', '\ud83d', '\ude00x', 'a\
b', 'é😀', '\u2028\u2029', '<!--', '\\', '\0'];
  var more = [true, false, null, undefined, this, NaN];
  var regexps = [/a/, /[/]/g, /\//im, /(?<name>a)\k<name>/u, /(?<=a)b/s, /=/, / /y];
  var templates = [``, `a`, `a ${1} b ${`in ${2}`} c`, `\``, `\${}`, `$`, `line
break`, tag`a ${1} \u{zz}`, a.b`x`, tag`a``b`];
  return 1..toString() + (1).toFixed() + 1.5.toFixed() + 0x1.toString() + 1n.toString();
}
