//# number/toString-radix
return [255..toString(16), 0.1.toString(2), (-255).toString(36), 1e21.toString(7), 0.5.toString(3), NaN.toString(2), (1/3).toString(36), 1e-7.toString(16)];

//# number/toString-bad
return 1..toString(1);

//# number/toString-plain
return [1e21, 1e-7, 123456789012345680000, 0.000001, -0, 5e-324, 1.7976931348623157e308, 0.1+0.2, 100, 1e100].map(String);

//# number/toFixed
return [1.005.toFixed(2), 1.45.toFixed(1), (-1.5).toFixed(0), 2.5.toFixed(0), 1e21.toFixed(2), 0.000001.toFixed(7), 123.456.toFixed(), NaN.toFixed(2), (-0.0000001).toFixed(2), 10.235.toFixed(2), (0.5).toFixed(0)];

//# number/toFixed-bad
return 1..toFixed(101);

//# number/toFixed-bad2
return 1..toFixed(-1);

//# number/toFixed-100
return 0.1.toFixed(100);

//# number/toPrecision
return [123.456.toPrecision(4), 0.000123.toPrecision(2), 1e21.toPrecision(3), 123456..toPrecision(2), 1..toPrecision(), 0..toPrecision(3), 1.25.toPrecision(2), 1.35.toPrecision(2)];

//# number/toPrecision-bad
return 1..toPrecision(0);

//# number/toPrecision-bad2
return 1..toPrecision(101);

//# number/toExponential
return [123456..toExponential(2), 0..toExponential(), 1.5.toExponential(0), 12345..toExponential(), (-1.5e-9).toExponential(1), NaN.toExponential(), 25..toExponential(0)];

//# number/toExponential-bad
return 1..toExponential(101);

//# number/parseInt
return [parseInt('12px'), parseInt('0x1f'), parseInt('z',36), parseInt(''), parseInt('1e3'), parseInt('-0'), parseInt('  42'), parseInt('08'), parseInt(0.0000005), parseInt('9007199254740993'), parseInt('12',1), parseInt('12',37), parseInt(null), parseInt('123',5), parseInt('0b11')];

//# number/parseFloat
return [parseFloat('3.14abc'), parseFloat('.5'), parseFloat('-.5e-2x'), parseFloat('Infinityx'), parseFloat('e5'), parseFloat('1_000'), parseFloat('0x10'), parseFloat('1.2.3'), parseFloat('-0')];

//# number/Number
return ['', ' 12 ', '0x1f', '0b101', '0o17', '1e3', '1_0', 'abc', '-0x1', '.5', '5.', '+5', '\n', '١', 'Infinity', '-infinity'].map(Number);

//# number/Number-other
return [Number(null), Number(undefined), Number([]), Number([5]), Number([1,2]), Number({}), Number(true), Number(new Date(5)), Number(10n)];

//# number/Number-sym
return Number(Symbol());

//# number/plus-sym
return +Symbol();

//# number/isInteger
return [Number.isInteger(5.0), Number.isInteger('5'), Number.isSafeInteger(2**53), Number.isFinite('5'), isFinite('5'), Number.isNaN('x'), isNaN('x')];

//# number/constants
return [Number.MAX_SAFE_INTEGER, Number.EPSILON, Number.MIN_VALUE, Number.MAX_VALUE];

//# number/separators
return [1_000_000, 0xff_ff, 1_0.5_5, 0b1010_0001, 10_0n.toString()];

//# number/literals
return [0b11, 0o17, 0x1F, .5, 5., 1e3, 017, 08];

//# number/exponent
return [2**10, (-2)**2, 2**-1, 2**3**2, NaN**0, 1**Infinity];

//# number/exponent-assign
var a=3; a**=2; return a;

//# number/bitwise
return [1<<31, 1<<32, -1>>>0, 5>>>1, ~~-5.7, 5&3, 5|3, 5^3, 2**32|0, 1e20|0, NaN|0];

//# number/modulo
return [-5%3, 5%-3, 5.5%2, Infinity%2, 5%0, Object.is(-0%5,-0)];

//# number/minus-zero
return [Object.is(-0,0), 0===-0, 1/-0, JSON.stringify(-0), String(-0), Math.max(-0,0), [-0].includes(0), Object.is([-0].indexOf(0),0), Object.is(Math.round(-0.4),-0)];

//# number/math
return [Math.round(-0.5), Math.round(2.5), Math.round(-2.5), Math.trunc(-4.7), Math.sign(-3), Math.cbrt(27), Math.hypot(3,4), Math.log2(8), Math.clz32(1), Math.fround(5.5), Math.imul(3,4), Math.max(), Math.min(), Math.max(1,'a')];

//# number/math-round-edge
return [Math.round(0.49999999999999994), Math.round(4503599627370495.5), Math.round(-4503599627370495.5), Math.round(1e20)];

//# number/math-trig
return [Math.sin(1), Math.cos(1), Math.tan(1), Math.atan2(1,2), Math.exp(1), Math.log(10), Math.sinh(1), Math.expm1(1e-10), Math.log1p(1e-10), Math.log10(1000), Math.pow(2,0.5)];

//# number/math-more
return [Math.sin(1e6), Math.cos(100), Math.tan(10), Math.exp(-3.3), Math.exp(10), Math.pow(1.1,10.5), Math.acosh(2), Math.asinh(1), Math.atanh(0.5), Math.cosh(2), Math.tanh(0.3), Math.asin(0.3), Math.acos(0.3), Math.atan(0.7), Math.log2(3), Math.log10(2), Math.cbrt(2)];

//# number/float-print
return [0.1*3, 1/3, 2/3, 1e16+1, 123456789.123456789, 4.35*100, 1.1+2.2, 9007199254740993, 1e23, 5e-7];

//# number/bigint
return [typeof 1n, (2n**64n).toString(), (10n/3n).toString(), (-7n%3n).toString(), String(BigInt('0x1f')), 1n<2, 2n==2, 2n===2, BigInt.asUintN(8,257n).toString(), BigInt.asIntN(8,255n).toString()];

//# number/bigint-mix
return 1n+1;

//# number/bigint-json
return JSON.stringify({a:1n});

//# number/bigint-frac
return BigInt(1.5);

//# number/bigint-bad
return BigInt('x');

//# number/bigint-undefined
return BigInt(undefined);

//# number/bigint-divzero
return 1n/0n;

//# number/bigint-unary
return +1n;

//# number/bigint-neg-exp
return 2n**-1n;

//# number/bigint-math
return Math.max(1n);

//# number/bigint-ops
[(5n&3n), (5n|3n), (5n^3n), ~5n, 1n<<70n, -5n>>1n, -(-3n), 5n++ === undefined].map(String)

//# number/bigint-ops2
return [(5n&3n), (5n|3n), (5n^3n), ~5n, 1n<<70n, -5n>>1n, -(-3n)].map(String);

//# number/bigint-ushr
return 5n>>>1n;

//# number/bigint-sort
return [3n,1,2n,10].sort((a,b)=>a<b?-1:a>b?1:0).map(String);

//# number/bigint-radix
return (255n).toString(16);

//# number/bigint-new
return new BigInt(1);

//# number/bigint-typeof-obj
return typeof Object(1n);

//# number/increment-str
var a='5'; a++; var b='x'; b--; return [a,b];

//# number/add-mixed
return [1+'2', '3'*'4', [] + {}, [] + [], 1+null, 1+undefined, true+true, '5'-2, null+'a', [2]*[3]];

//# number/eq
return [null==undefined, null==0, ''==0, '0'==false, []==false, [1]==1, NaN==NaN, 'a'==new String('a'), undefined==0, ({})=='[object Object]'];

//# number/tolocale
return [1234567.891.toLocaleString(), (0).toLocaleString(), (-1234.5).toLocaleString(), (1e6).toLocaleString('en-US')];

//# number/date-now-type
return [typeof Date.now(), Number.isInteger(Date.now())];

//# number/math-sign
return [Math.sign(), Math.sign('a'), Math.sign(null), Math.sign(true), Math.sign('-3'), Math.sign([]), Math.sign({}), Math.sign(-0), Math.sign('-0'), Math.sign(new Date(5))];

//# number/parseInt-exact
return [parseInt(-0), parseInt('-0'), parseInt('9007199254740993'), parseInt('9007199254740992'), parseInt('18014398509481985'), parseInt('123456789012345678901234567890'), parseInt('9223372036854775807'), parseInt('9223372036854775808'), parseInt('ffffffffffffffffff',16), parseInt('1'.repeat(60),2), parseInt('zzzzzzzzzzzzzzzz',36), parseInt('-9007199254740993'), parseInt('1'.repeat(400)), parseInt(' -0 '), parseInt('-0x0'), Number.parseInt('-0'), parseInt === Number.parseInt];

//# number/parseInt-arguments
var o = []; var r = [parseInt({ toString() { o.push('s'); return '-0'; } }, { valueOf() { o.push('r'); return 10; } }), o, parseInt('9007199254740993', 0), parseInt('0x20000000000003'), parseInt('+123456789012345678901'), parseInt('12345678901234567890', '10'), parseInt(), parseInt(null), parseInt('', 99), parseInt('9'.repeat(30), 37), parseInt(-0.5), parseInt.length, parseInt.name]; return r;

//# number/toPrecision-carry
return [99904..toPrecision(1), 99904..toPrecision(2), 99950..toPrecision(3), 9.99.toPrecision(1), 0.000999.toPrecision(1), 9.5.toPrecision(1), 1e21.toPrecision(3), 99.99.toPrecision(3), 95..toPrecision(1), 0.95.toPrecision(1), 9999999..toPrecision(7), 9999999..toPrecision(6), 0.0000009999.toPrecision(2), 123.456.toPrecision(4), 1e-7.toPrecision(1), 0..toPrecision(3), (-99904).toPrecision(1), 25..toPrecision(1), 35..toPrecision(1), 1.25.toPrecision(2), 1.35.toPrecision(2), 1e21.toPrecision(1), 9.5e20.toPrecision(1), 9.5e-8.toPrecision(1), 0.000009.toPrecision(1), 0.0000095.toPrecision(1)];

//# number/loose-equal
return [1000 == "1e3", 1000 == "1000.0", 0 == "", 0 == " ", 1 == "0x1", 1.5 == "1.5", 10 == "1e1", 1 == '01', 1 == '+1', 0 == '-0', 0.1 == '.1', NaN == 'NaN', Infinity == 'Infinity', 16 == '0x10', 2 == '0b10', 1 == '1.', 1 == ' 1 ', true == '1', 1n == '1', 0 == '\n', 0 == '\u00a0', 1 == '\u00a01', 1 == '1_0', 255=='0XfF'];

//# number/loose-equal-exponent
return ["1e3" == 1000, "1.0" == true];

//# number/Number-texts
return ["0x", "0x1g", "+0x1", "-0x1", "0b12", "0o8", "1_000", "1e", ".", "-", "+", "Infinit", "infinity", "-Infinity", "+Infinity", "inf", "nan", "0x1p3", "0X1F", "0B1", "0O7", "1e1000", "-1e1000", "00", "-0", "+0", "-00.0", "-.0", "-0e5", "01", "1,0", "0x_1", "0x 1", "1 2", "- 1", "9007199254740993", "0x20000000000001", "\u00a05", "5\u00a0", "\ufeff5", "\u20285\u2029", "\u180e5", "é5", "\u3000", "１", "--1", "+-1", "1e+5", "1E5", "1e5.5", "0e", "1e-400", "1.7976931348623159e308", "-0x", "\u00a01e3", "0.0000001", "5e-324", "2e-324", ".5e1", "5.", "5.e1", ".e1", "\0" + "1", "1\0"].map(s => Number(s));

//# number/Number-signs
return ["0x-1", "0b-1", "0o+7", "0x+1"].map(s => Number(s));

//# number/Number-minus-zeros
return ["-00", "\u00a0-00"].map(s => Number(s));

//# number/Number-long-hex
return Number("0xfffffffffffffffff");

//# number/minus-zero-more
return [-0*5, 5*-0, -0*-5, -0/5, 0/-5, -0-0, -0+-0, -0%5, -5%5, -1*0, (()=>{var a=-1,b=0;return a*b})(), (()=>{var a=0,b=-1;return a*b})(), (()=>{var a='-1',b=0;return a*b})(), (()=>{var a=-0.5,b=0;return a*b})(), (()=>{var a=0,b=-0.5;return a*b})(), (()=>{var a=-0,b=0;return a*b})(), (()=>{var a=-0,b=5;return a*b})(), (()=>{var a=5,b=-0;return a*b})(), (()=>{var a=0;return -a})(), (()=>{var a='0';return -a})(), (()=>{var a=-0; a++; return a})(), (()=>{var a=-1; return a+1})(), (()=>{var a=-1; a++; return a})(), (()=>{var a=-0; return a*=1})(), (()=>{var a=-4,b=2;return a%b})(), (()=>{var a=-4,b=4;return (a/b)%1})(), Math.round(-0.2), Math.trunc(-0.5), Math.ceil(-0.5), (()=>{var a=-0,b=1.5;return a*b})()];

//# number/product-minus-zero
return [-5*0, 0*-5];

//# number/white-space
return ['\u00a01\u00a0', '\ufeff1', '\u2003 5', '\u16805', '\u202f5', '\u205f5', '\u200b5', '\u180e5', '\u3000'].map(s => [Number(s), +s, s * 1, parseInt(s), parseFloat(s), isNaN(s), isFinite(s), Math.sign(s), s < 6]);

//# number/white-space-equal
return '\u2003 5' == 5;

//# number/white-space-functions
return [Math.abs('\u00a05'), Math.max('\u00a05', 1), Math.floor('\ufeff5.5'), (5.5).toFixed('\u00a02'), 'abc'.charAt('\u00a01')];

//# number/isNaN-conversions
var o = []; var v = { valueOf() { o.push(1); return '\u00a05'; } }; return [isNaN(v), isFinite(v), o.length, isNaN(), isFinite(), isNaN('x'), isFinite('Infinity'), isNaN(undefined), isFinite(null), isNaN(new Date(NaN)), isNaN.length, isFinite.name, isNaN([]), isNaN('\u00a0')];

//# number/isNaN-symbol
return isNaN(Symbol());

//# number/isFinite-bigint
return isFinite(5n);

//# number/white-space-nel
return [Number('\u00855'), parseFloat('\u00855'), parseInt('\u00855'), '\u00855'.trim().length];
