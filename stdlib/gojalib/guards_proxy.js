(function (Proxy) {
  const symbol = Symbol.hasInstance, ordinary = Function.prototype[symbol], { get, apply, getPrototypeOf } = Reflect, NativeError = TypeError;

  // judge is ECMA-262 OrdinaryHasInstance: goja knows no instance of a proxy.
  const judge = { [symbol](value) {
    if (value === null || typeof value !== 'object' && typeof value !== 'function') return false;
    const { prototype } = this;
    if (prototype === null || typeof prototype !== 'object' && typeof prototype !== 'function') throw new NativeError(`Function has non-object prototype '${String(prototype)}' in instanceof check`);
    for (let at = getPrototypeOf(value); at !== null; at = getPrototypeOf(at)) if (at === prototype) return true;
    return false;
  } }[symbol];

  // What is made of a handler is for proxies of functions.
  return handler => new Proxy(handler, { get(of, name) {
    const trap = get(of, name, of);
    if (name !== 'get') return trap;
    return (target, key, receiver) => {
      const value = trap === undefined || trap === null ? get(target, key, receiver) : apply(trap, of, [target, key, receiver]);
      return key === symbol && value === ordinary ? judge : value;
    };
  } });
})
