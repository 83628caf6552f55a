//# array/findLast
return [1,2,3].findLast(x => x < 3);

//# array/findLast-none
return [1].findLast(x => x > 3);

//# array/findLastIndex
return [1,2,3,2].findLastIndex(x => x === 2);

//# array/toSorted
var a=[3,1,2]; return [a.toSorted(), a, a.toSorted((x,y)=>y-x)];

//# array/toSorted-bad
return [1].toSorted(null);

//# array/toReversed
var a=[3,1,2]; return [a.toReversed(), a];

//# array/toSpliced
return [1,2,3,4].toSpliced(1,2,'x','y','z');

//# array/toSpliced-none
return [1,2,3].toSpliced();

//# array/with
return [1,2,3].with(-1, 9);

//# array/with-range
return [1,2,3].with(3, 9);

//# array/at
return [[1,2,3].at(-1), [1].at(5), 'abc'.at(-2)];

//# array/flat
return [1,[2,[3,[4]]]].flat(Infinity);

//# array/flat-1
return [1,[2,[3,[4]]],,5].flat();

//# array/flatMap
return [1,2].flatMap(x=>[x,[x*2]]);

//# array/copyWithin
return [1,2,3,4,5].copyWithin(0,3);

//# array/fill
return new Array(3).fill(0).concat(Array.from({length:2},(_, i)=>i));

//# array/from-iter
return Array.from(new Set('hello'));

//# array/from-string
return Array.from('a😀b');

//# array/from-bad
return Array.from(null);

//# array/of
return Array.of(7, 8);

//# array/isArray
return [Array.isArray([]), Array.isArray({length:0}), Array.isArray(new Proxy([],{}))];

//# array/holes-map
return [1,,3].map(x=>x*2);

//# array/holes-in
return [0 in [,1], 1 in [,1], [,1].length, Object.keys([,1,,2])];

//# array/holes-forEach
var n=0;[1,,3].forEach(()=>n++);return n;

//# array/holes-find
return [,1].find(x=>true);

//# array/holes-join
return [1,,null,undefined,2].join('-');

//# array/holes-sort
var a=[3,,1,undefined,2]; a.sort(); return [a, a.length, 4 in a, 3 in a];

//# array/holes-includes
return [[,].includes(undefined), [,].indexOf(undefined), [NaN].includes(NaN), [NaN].indexOf(NaN)];

//# array/holes-entries
return Array.from([,1].entries());

//# array/holes-every
return [[,,].every(x=>false), [,,].some(x=>true), [,1].filter(x=>true)];

//# array/holes-spread
return [...[,1]];

//# array/holes-json
return JSON.stringify([,1,,]);

//# array/length-set
var a=[1,2,3]; a.length=1; a[3]=4; return [a, a.length];

//# array/length-neg
var a=[]; a.length=-1; return a;

//# array/length-frac
return new Array(1.5);

//# array/length-big
return new Array(4294967296);

//# array/length-neg-ctor
return Array(-1);

//# array/length-str
return new Array('3');

//# array/length-max
return new Array(4294967295).length;

//# array/push-length
var a=[]; a.length=4294967295; try { a.push(1) } catch(e) { return [e.name, e.message, a.length, a[4294967295]] }

//# array/index-str
var a=[]; a['1']='x'; a['01']='y'; return [a.length, Object.keys(a)];

//# array/sort-stable
return Array.from({length:40},(_, i)=>({k:i%3,i})).sort((a,b)=>a.k-b.k).map(o=>o.i).join();

//# array/sort-default
return [10,9,1,'b','a',undefined,null,true,[2],{}].sort().map(String);

//# array/sort-numstr
return [5,25,100,1].sort();

//# array/sort-bad
return [1,2].sort('x');

//# array/sort-bad2
return [1,2].sort({});

//# array/sort-utf16
return ['\u{1F600}','\uFFFD','z'].sort().map(s=>s.codePointAt(0));

//# array/reduce-empty
return [].reduce((a,b)=>a);

//# array/reduceRight
return [1,2,3].reduceRight((a,b)=>a+'-'+b);

//# array/reduce-notfn
return [1].reduce(1);

//# array/map-notfn
return [1].map();

//# array/map-notfn2
return [1].map({});

//# array/forEach-notfn
return [1].forEach('abc');

//# array/filter-notfn
return [1].filter(undefined);

//# array/some-notfn
return [1].some(null);

//# array/find-notfn
return [1].find(5);

//# array/every-notfn
return [1].every(Symbol('q'));

//# array/splice
var a=[1,2,3,4,5]; var r=a.splice(1,2,'a'); return [a,r];

//# array/splice-neg
var a=[1,2,3]; return [a.splice(-2), a];

//# array/splice-1arg-undef
var a=[1,2,3]; return [a.splice(1,undefined), a.splice(), a];

//# array/slice
return [[1,2,3].slice(-2), [1,2,3].slice(1,-1)];

//# array/concat-spreadable
return [1].concat([2],[[3]],{length:1,0:'x',[Symbol.isConcatSpreadable]:true});

//# array/concat-holes
return [1,,2].concat([,3]).length;

//# array/indexOf-from
return [[1,2,1].indexOf(1,1),[1,2,1].lastIndexOf(1),[1,2,1].lastIndexOf(1,-2),[1].indexOf(1,5)];

//# array/toString-nested
return String([1,[2,[3]],null,undefined,{}]);

//# array/toString-cyclic
var a=[1]; a.push(a); return String(a);

//# array/keys-order
var o=[1]; o.b=1; o[5]=2; o.a=3; return Object.keys(o);

//# array/delete
var a=[1,2,3]; delete a[1]; return [a, a.length, 1 in a];

//# array/unshift
var a=[3]; return [a.unshift(1,2), a, a.shift(), a.pop(), a, [].pop(), [].shift()];

//# array/reverse-holes
var a=[1,,3,4]; a.reverse(); return [a, 2 in a];

//# array/entries-iter
var r=[]; for (const [i,v] of ['a','b'].entries()) r.push(i+v); return r;

//# array/species
class A extends Array {} ; var x = A.from([1,2]).map(v=>v+1); return [x instanceof A, x.length, A.name];

//# array/frozen-push
return Object.freeze([1]).push(2);

//# array/frozen-index
'use strict'; var a = Object.freeze([1]); a[0]=2; return a;

//# array/arraylike
return Array.prototype.map.call({length:2,0:'a',1:'b'}, x=>x+x);

//# array/destruct
var [a,,b=5,...c]=[1,2,undefined,4,5]; return [a,b,c];

//# array/destruct-notiter
var [a]=5; return a;

//# array/destruct-undef
var [a]=undefined; return a;

//# array/destruct-obj-undef
var {a}=undefined; return a;

//# array/destruct-obj-null
var {a}=null; return a;

//# array/destruct-nested-undef
var {a:{b}}={}; return b;

//# array/spread-notiter
return [...5];

//# array/spread-undef
return [...undefined];

//# array/spread-obj
return [...{}];

//# array/spread-call
return Math.max(...[1,5,3], ...'27');

//# array/spread-call-bad
return Math.max(...undefined);

//# array/for-of-bad
for (const x of 5) {} return 1;

//# array/for-of-undef
var u; for (const x of u) {} return 1;

//# array/group-absent
return [typeof [].group, typeof [].groupBy, typeof Object.groupBy, typeof Map.groupBy, typeof Array.fromAsync];

//# array/unscopables
return Object.keys(Array.prototype[Symbol.unscopables]).sort();

//# array/toSorted-holes
return [3,,1].toSorted();

//# array/lastIndexOf-none
return [1,2].lastIndexOf(3);

//# array/join-nested-null
return [[],[null],[undefined],[[]]].join();

//# array/big-index
var a=[]; a[4294967295]=1; a[4294967294]=2; return [a.length, Object.keys(a)];

//# array/sparse-big
var a=[]; a[1e6]=1; return [a.length, a.filter(()=>true).length];
