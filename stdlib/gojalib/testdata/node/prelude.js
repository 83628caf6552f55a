// $show writes a value so that everything JSON would drop can be compared.
var $show = (function () {
  'use strict';
  var ownKeys = Reflect.ownKeys, isArray = Array.isArray, hex = Number.prototype.toString;
  function text(s) {
    var out = '"';
    for (var i = 0; i < s.length; i++) {
      var c = s.charCodeAt(i);
      if (c < 32 || c === 34 || c === 92 || c > 126) out += '\\u' + ('000' + c.toString(16)).slice(-4);
      else out += s[i];
    }
    return out + '"';
  }
  function show(v, seen) {
    switch (typeof v) {
      case 'string': return text(v);
      case 'number': return v === 0 && 1 / v < 0 ? '-0' : '' + v;
      case 'bigint': return '' + v + 'n';
      case 'symbol': return v.toString();
      case 'function': return 'function ' + v.name;
      case 'object': break;
      default: return '' + v;
    }
    if (v === null) return 'null';
    if (seen.indexOf(v) >= 0) return '<cycle>';
    if (seen.length > 12) return '<deep>';
    seen = seen.concat([v]);
    if (isArray(v)) {
      var items = [];
      for (var i = 0; i < v.length && i < 200; i++) items[i] = i in v ? show(v[i], seen) : '<hole>';
      return '[' + items.join(',') + ']';
    }
    var tag = Object.prototype.toString.call(v).slice(8, -1), extra = '';
    if (v instanceof Error) extra = text(v.name + ': ' + v.message);
    else if (tag === 'Date') extra = isNaN(v) ? 'invalid' : v.toISOString();
    else if (tag === 'RegExp') extra = String(v);
    else if (tag === 'Map') extra = show(Array.from(v), seen);
    else if (tag === 'Set') extra = show(Array.from(v), seen);
    else if (tag === 'ArrayBuffer') extra = show(Array.from(new Uint8Array(v)), seen);
    else if (ArrayBuffer.isView(v)) return tag + show(Array.from(tag === 'DataView' ? new Uint8Array(v.buffer) : v), seen);
    else if (tag === 'String' || tag === 'Number' || tag === 'Boolean') extra = show(v.valueOf(), seen);
    var fields = [];
    ownKeys(v).forEach(function (k) {
      var d = Object.getOwnPropertyDescriptor(v, k);
      if (!d || !d.enumerable) return;
      fields.push((typeof k === 'symbol' ? k.toString() : text(k)) + ':' + show('value' in d ? d.value : v[k], seen));
    });
    return (tag === 'Object' ? '' : tag + (extra ? '(' + extra + ')' : '')) + '{' + fields.join(',') + '}';
  }
  return function (v) { return show(v, []); };
})();

// $run evaluates a function body, waits for its promise, and hands the written
// answer to done.
var $run = (function () {
  var PromiseThen = Promise.prototype.then;
  function thrown(e) {
    if (e !== null && typeof e === 'object' && typeof e.message === 'string')
      return 'throw ' + e.name + ': ' + e.message + (typeof e.code === 'string' ? ' [' + e.code + ']' : '');
    return 'throw ' + $show(e);
  }
  return function (code, done) {
    try {
      var v = (0, eval)('(function(){' + code + '\n})')();
      if (v instanceof Promise) PromiseThen.call(v, function (x) { done('promise ' + $show(x)); }, function (e) { done('promise ' + thrown(e)); });
      else done($show(v));
    } catch (e) {
      done(thrown(e));
    }
  };
})();
