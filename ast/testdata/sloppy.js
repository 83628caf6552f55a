// What only sloppy mode takes: a rule is sloppy unless it says otherwise.
function sloppy(a, a) {
  var octal = 010 + 017 + '\101';
  with (a) { b; }
  with (a) b;
  delete octal;
  arguments.callee;
  var yield = 1, await = 2, let = 3, static = 4, async = 5, of = 6, get = 7;
  yield * await + let / static;
  async(1);
  (let)[0] = 1;
  if (a) function inIf() {} else function inElse() {}
  label: function labelled() {}
  interface: for (;;) { break interface; }
  for (var of of of) {}
  for (async in a) ;
  for (let in a) ;
  return undeclared = 1;
}
