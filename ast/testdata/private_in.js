// The brand check, which goja reads but cannot run.
function (o) {
  class A { #x; static has(o) { return #x in o; } static both(o) { return #x in o && !(#x in o.b) === (#x in o.c); } }
  return A.has(o);
}
