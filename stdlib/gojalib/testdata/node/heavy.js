//# heavy/repeat-inf
return 'a'.repeat(Infinity);

//# heavy/repeat-too-long
return 'a'.repeat(0x1fffffe9);

//# heavy/repeat-too-long2
return 'abcdefgh'.repeat(1e9);

//# heavy/padStart-too-long
return 'a'.padStart(0x1fffffe9);

//# heavy/padEnd-too-long
return 'a'.padEnd(2**40, 'xyz');

//# heavy/concat-too-long
var s='a'.repeat(1<<28); return s.concat(s,s).length;

//# heavy/join-too-long
var s='a'.repeat(1<<26); return new Array(20).join(s).length;

//# heavy/replaceAll-too-long
var s='a'.repeat(1<<15); return s.replaceAll('a', s).length;

//# heavy/replace-too-long
var s='a'.repeat(1<<15); return s.replace(/a/g, s).length;

//# heavy/big-concat
var s='a'.repeat(1<<20); s+=s; s+=s; return s.length;
