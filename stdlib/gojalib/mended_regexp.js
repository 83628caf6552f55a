(function (expand) {
  const Native = RegExp, prototype = Native.prototype;
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const { construct, apply } = Reflect;
  const source = getOwnPropertyDescriptor(prototype, 'source').get, flags = getOwnPropertyDescriptor(prototype, 'flags').get;
  const call = Function.prototype.call.bind(Function.prototype.call);
  const written = new WeakMap(), get = WeakMap.prototype.get, set = WeakMap.prototype.set, has = WeakMap.prototype.has;
  const isRegExp = v => { if (typeof v !== 'object' || v === null) return false; const m = v[Symbol.match]; return m !== undefined ? !!m : call(has, written, v) || isNative(v); };
  const isNative = v => { try { call(source, v); return v !== prototype; } catch { return false; } };

  // made says whether new made this: in a call from a constructor goja's new.target is that constructor.
  const made = (self, target) => typeof self === 'object' && self !== null && getPrototypeOf(self) === target.prototype;

  function Mended(pattern, options) {
    let target = new.target;
    if (target === undefined || !made(this, target)) {
      if (isRegExp(pattern) && options === undefined && pattern.constructor === Mended) return pattern;
      target = Mended;
    }
    const old = typeof pattern === 'object' && pattern !== null && isNative(pattern);
    let text = old ? pattern.source : isRegExp(pattern) ? pattern.source : pattern;
    const f = options !== undefined ? `${options}` : old || isRegExp(pattern) ? pattern.flags : '';
    text = text === undefined ? '' : `${text}`;
    if (!f.includes('u') || !/\\[pP]/.test(text)) return construct(Native, options === undefined && f === '' ? [text] : [text, f], target);
    const expanded = expand(text);
    if (expanded === null) throw new SyntaxError(`Invalid regular expression: /${text}/${f}: Invalid property name`);
    const r = construct(Native, [expanded, f], target);
    call(set, written, r, text);
    return r;
  }
  defineProperty(Mended, 'name', { value: 'RegExp', configurable: true });
  defineProperty(Mended, 'prototype', { value: prototype, writable: false });
  defineProperty(Mended, Symbol.species, { get: getOwnPropertyDescriptor(Native, Symbol.species).get, configurable: true });
  defineProperty(prototype, 'constructor', { value: Mended, writable: true, configurable: true });
  defineProperty(prototype, 'source', { get: getOwnPropertyDescriptor({ get source() {
    const text = typeof this === 'object' && this !== null ? call(get, written, this) : undefined;
    return text === undefined ? call(source, this) : text;
  } }, 'source').get, configurable: true });
  defineProperty(prototype, 'toString', { value: { toString() { return `/${this.source}/${this.flags}`; } }.toString, writable: true, configurable: true });
  return { RegExp: Mended };
})
