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
