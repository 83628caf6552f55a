(function (go) {
  const { parse, get, set, decode, encode } = go;
  const iteratorSymbol = Symbol.iterator, tagSymbol = Symbol.toStringTag;
  const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][iteratorSymbol]()));
  const { create, defineProperties, defineProperty, getOwnPropertyDescriptor } = Object;
  const { ownKeys } = Reflect;
  const sort = Array.prototype.sort, call = Function.prototype.call.bind(Function.prototype.call);
  const push = Array.prototype.push, splice = Array.prototype.splice;
  const inspectSymbol = Symbol.for('nodejs.util.inspect.custom'), { assign, getPrototypeOf } = Object;

  const { fail } = go;
  function missing(...names) {
    const list = names.map(n => `"${n}"`);
    const last = list.pop();
    return fail(TypeError, 'ERR_MISSING_ARGS', list.length ? `The ${list.join(', ')} and ${last} arguments must be specified` : `The ${last} argument must be specified`);
  }
  function invalidThis(name) {
    return fail(TypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${name}`);
  }
  function usv(v) {
    if (typeof v === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    return `${v}`;
  }
  function invalidArgument(name, want, v) {
    return fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be of type ${want}. Received ${go.describe(v)}`);
  }

  // A params object keeps its pairs flat: name, value, name, value.
  let listOf, adopt, isParams, newParams;

  class Iterator {
    #list; #kind; #index = 0;
    constructor(list, kind) { this.#list = list; this.#kind = kind; }
    static next(it) {
      if (typeof it !== 'object' || it === null || !(#list in it)) throw invalidThis('URLSearchParamsIterator');
      const list = it.#list(), i = it.#index;
      if (i >= list.length) return { value: undefined, done: true };
      it.#index = i + 2;
      return { value: it.#kind === 'key' ? list[i] : it.#kind === 'value' ? list[i + 1] : [list[i], list[i + 1]], done: false };
    }
    static rest(it) {
      if (typeof it !== 'object' || it === null || !(#list in it)) throw invalidThis('URLSearchParamsIterator');
      const list = it.#list(), all = [];
      for (let i = it.#index; i < list.length; i += 2) push.call(all, it.#kind === 'key' ? list[i] : it.#kind === 'value' ? list[i + 1] : [list[i], list[i + 1]]);
      return all;
    }
  }
  const nextOf = Iterator.next;
  const restOf = Iterator.rest;
  const paramsIterator = create(iteratorPrototype, {
    [tagSymbol]: { value: 'URLSearchParams Iterator', configurable: true },
    next: { value: { next() { return nextOf(this); } }.next, writable: true, enumerable: true, configurable: true },
    [inspectSymbol]: {
      value(depth, options, inspect) {
        if (typeof depth === 'number' && depth < 0) return options.stylize('[Object]', 'special');
        const inner = assign({}, options), rest = restOf(this);
        if (depth !== null) inner.depth = depth - 1;
        const lines = inspect(rest, inner).includes('\n');
        let text = '';
        for (let i = 0; i < rest.length; i++) text += (i === 0 ? '' : lines ? ',\n  ' : ', ') + inspect(rest[i], inner);
        return `${this[tagSymbol]} {${lines ? '\n  ' : ' '}${text} }`;
      },
      writable: true, configurable: true,
    },
  });
  function iterate(list, kind) {
    const it = new Iterator(list, kind);
    Object.setPrototypeOf(it, paramsIterator);
    return it;
  }

  class URLSearchParams {
    #list = []; #url = null;
    constructor(init = undefined) {
      if (init === undefined || init === null) return;
      if (typeof init !== 'object' && typeof init !== 'function') {
        let text = usv(init);
        if (text[0] === '?') text = text.slice(1);
        this.#list = decode(text);
        return;
      }
      const method = init[iteratorSymbol];
      if (method === this[iteratorSymbol] && #list in init) {
        this.#list = [...init.#list];
      } else if (method !== null && method !== undefined) {
        if (typeof method !== 'function') throw fail(TypeError, 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable');
        for (const pair of { [iteratorSymbol]: () => call(method, init) }) {
          if (pair === null || pair === undefined || (typeof pair === 'object' || typeof pair === 'function' ? typeof pair[iteratorSymbol] !== 'function' : true))
            throw fail(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
          const two = [...pair];
          if (two.length !== 2) throw fail(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
          push.call(this.#list, go.usv(usv(two[0])), go.usv(usv(two[1])));
        }
      } else {
        const keys = ownKeys(init);
        for (let i = 0; i < keys.length; i++) {
          const d = getOwnPropertyDescriptor(init, keys[i]);
          if (d === undefined || !d.enumerable) continue;
          const name = go.usv(usv(keys[i])), value = go.usv(usv(init[keys[i]]));
          const at = go.find(this.#list, name);
          if (at >= 0) this.#list[at + 1] = value;
          else push.call(this.#list, name, value);
        }
      }
    }
    static {
      isParams = v => typeof v === 'object' && v !== null && #list in v;
      listOf = v => v.#list;
      adopt = (v, list) => { v.#list = list; };
      newParams = (url, list) => { const p = new URLSearchParams(); p.#url = url; p.#list = list; return p; };
    }
    #changed() { if (this.#url !== null) set(this.#url, 'query', encode(this.#list)); }
    get size() { if (!isParams(this)) throw invalidThis('URLSearchParams'); return this.#list.length / 2; }
    append(name, value) {
      if (!isParams(this)) throw invalidThis('URLSearchParams');
      if (arguments.length < 2) throw missing('name', 'value');
      name = go.usv(usv(name)); value = go.usv(usv(value));
      push.call(this.#list, name, value);
      this.#changed();
    }
    delete(name, value = undefined) {
      if (!isParams(this)) throw invalidThis('URLSearchParams');
      if (arguments.length < 1) throw missing('name');
      name = go.usv(usv(name));
      if (value !== undefined) value = go.usv(usv(value));
      const list = this.#list;
      for (let i = 0; i < list.length;) {
        if (list[i] === name && (value === undefined || list[i + 1] === value)) splice.call(list, i, 2);
        else i += 2;
      }
      this.#changed();
    }
    get(name) {
      if (!isParams(this)) throw invalidThis('URLSearchParams');
      if (arguments.length < 1) throw missing('name');
      const i = go.find(this.#list, go.usv(usv(name)));
      return i < 0 ? null : this.#list[i + 1];
    }
    getAll(name) {
      if (!isParams(this)) throw invalidThis('URLSearchParams');
      if (arguments.length < 1) throw missing('name');
      name = go.usv(usv(name));
      const list = this.#list, values = [];
      for (let i = 0; i < list.length; i += 2) if (list[i] === name) push.call(values, list[i + 1]);
      return values;
    }
    has(name, value = undefined) {
      if (!isParams(this)) throw invalidThis('URLSearchParams');
      if (arguments.length < 1) throw missing('name');
      name = go.usv(usv(name));
      if (value !== undefined) value = go.usv(usv(value));
      const list = this.#list;
      for (let i = 0; i < list.length; i += 2) if (list[i] === name && (value === undefined || list[i + 1] === value)) return true;
      return false;
    }
    set(name, value) {
      if (!isParams(this)) throw invalidThis('URLSearchParams');
      if (arguments.length < 2) throw missing('name', 'value');
      name = go.usv(usv(name)); value = go.usv(usv(value));
      const list = this.#list;
      let found = false;
      for (let i = 0; i < list.length;) {
        if (list[i] !== name) { i += 2; continue; }
        if (found) { splice.call(list, i, 2); continue; }
        list[i + 1] = value; found = true; i += 2;
      }
      if (!found) push.call(list, name, value);
      this.#changed();
    }
    sort() {
      if (!isParams(this)) throw invalidThis('URLSearchParams');
      const list = this.#list, pairs = [];
      for (let i = 0; i < list.length; i += 2) push.call(pairs, [list[i], list[i + 1]]);
      sort.call(pairs, (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
      for (let i = 0; i < pairs.length; i++) { list[2 * i] = pairs[i][0]; list[2 * i + 1] = pairs[i][1]; }
      this.#changed();
    }
    entries() { if (!isParams(this)) throw invalidThis('URLSearchParams'); return iterate(() => this.#list, 'entry'); }
    forEach(callback, thisArg = undefined) {
      if (!isParams(this)) throw invalidThis('URLSearchParams');
      if (typeof callback !== 'function') throw invalidArgument('callback', 'function', callback);
      for (let i = 0; i < this.#list.length; i += 2) call(callback, thisArg, this.#list[i + 1], this.#list[i], this);
    }
    keys() { if (!isParams(this)) throw invalidThis('URLSearchParams'); return iterate(() => this.#list, 'key'); }
    values() { if (!isParams(this)) throw invalidThis('URLSearchParams'); return iterate(() => this.#list, 'value'); }
    toString() { if (!isParams(this)) throw invalidThis('URLSearchParams'); return encode(this.#list); }
    [inspectSymbol](depth, options, inspect) {
      if (!isParams(this)) throw invalidThis('URLSearchParams');
      if (typeof depth === 'number' && depth < 0) return options.stylize('[Object]', 'special');
      const inner = assign({}, options), list = this.#list, name = this.constructor.name;
      if (depth !== null) inner.depth = depth - 1;
      let length = -2, line = '', lines = '';
      for (let i = 0; i < list.length; i += 2) {
        const pair = `${inspect(list[i], inner)} => ${inspect(list[i + 1], inner)}`;
        length += pair.length + 2;
        line += i === 0 ? pair : `, ${pair}`;
        lines += i === 0 ? pair : `,\n  ${pair}`;
      }
      if (list.length === 0) return `${name} {}`;
      return length > options.breakLength ? `${name} {\n  ${lines} }` : `${name} { ${line} }`;
    }
  }
  const enumerable = { enumerable: true };
  defineProperties(URLSearchParams.prototype, {
    append: enumerable, delete: enumerable, get: enumerable, getAll: enumerable, has: enumerable, set: enumerable, size: enumerable, sort: enumerable,
    entries: enumerable, forEach: enumerable, keys: enumerable, values: enumerable, toString: enumerable,
    [tagSymbol]: { value: 'URLSearchParams', configurable: true },
    [iteratorSymbol]: { value: URLSearchParams.prototype.entries, writable: true, configurable: true },
  });

  function invalidURL(input, base, made = fail.native) {
    const e = made(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
    e.input = input;
    if (base !== undefined) e.base = base;
    return e;
  }

  class URL {
    #u; #params;
    constructor(input, base = undefined) {
      if (arguments.length === 0) throw missing('url');
      input = usv(input);
      if (base !== undefined) base = usv(base);
      const u = parse(input, base);
      if (u === null) throw invalidURL(input, base);
      this.#u = u;
    }
    static canParse(url, base = undefined) {
      if (arguments.length === 0) throw missing('url');
      return parse(usv(url), base === undefined ? undefined : usv(base)) !== null;
    }
    static parse(url, base = undefined) {
      if (arguments.length === 0) throw missing('url');
      url = usv(url);
      if (base !== undefined) base = usv(base);
      return parse(url, base) === null ? null : new URL(url, base);
    }
    static createObjectURL() { throw fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'URL.createObjectURL is not provided by Ferrule'); }
    static revokeObjectURL() { throw fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'URL.revokeObjectURL is not provided by Ferrule'); }
    static #is(v) { return typeof v === 'object' && v !== null && #u in v; }
    static #get(v, part) { if (!URL.#is(v)) throw new TypeError('Receiver must be an instance of class URL'); return get(v.#u, part); }
    static #set(v, part, value) {
      if (!URL.#is(v)) throw new TypeError('Receiver must be an instance of class URL');
      set(v.#u, part, usv(value));
      if (part === 'search' && v.#params) adopt(v.#params, decode(get(v.#u, 'query')));
    }
    toString() { return URL.#get(this, 'href'); }
    get href() { return URL.#get(this, 'href'); }
    set href(v) {
      if (!URL.#is(this)) throw new TypeError('Receiver must be an instance of class URL');
      v = usv(v);
      const u = parse(v, undefined);
      if (u === null) throw invalidURL(v, undefined, fail);
      set(this.#u, 'all', u);
      if (this.#params) adopt(this.#params, decode(get(this.#u, 'query')));
    }
    get origin() { return URL.#get(this, 'origin'); }
    get protocol() { return URL.#get(this, 'protocol'); }
    set protocol(v) { URL.#set(this, 'protocol', v); }
    get username() { return URL.#get(this, 'username'); }
    set username(v) { URL.#set(this, 'username', v); }
    get password() { return URL.#get(this, 'password'); }
    set password(v) { URL.#set(this, 'password', v); }
    get host() { return URL.#get(this, 'host'); }
    set host(v) { URL.#set(this, 'host', v); }
    get hostname() { return URL.#get(this, 'hostname'); }
    set hostname(v) { URL.#set(this, 'hostname', v); }
    get port() { return URL.#get(this, 'port'); }
    set port(v) { URL.#set(this, 'port', v); }
    get pathname() { return URL.#get(this, 'pathname'); }
    set pathname(v) { URL.#set(this, 'pathname', v); }
    get search() { return URL.#get(this, 'search'); }
    set search(v) { URL.#set(this, 'search', v); }
    get searchParams() {
      if (!URL.#is(this)) throw new TypeError('Receiver must be an instance of class URL');
      if (!this.#params) this.#params = newParams(this.#u, decode(get(this.#u, 'query')));
      return this.#params;
    }
    get hash() { return URL.#get(this, 'hash'); }
    set hash(v) { URL.#set(this, 'hash', v); }
    toJSON() { return URL.#get(this, 'href'); }
    [inspectSymbol](depth, options, inspect) {
      if (typeof depth === 'number' && depth < 0) return this;
      const constructor = constructorOf(this), { href, origin, protocol, username, password, host, hostname, port, pathname, search, searchParams, hash } = this;
      const shown = { __proto__: { constructor }, href, origin, protocol, username, password, host, hostname, port, pathname, search, searchParams, hash };
      return `${constructor.name} ${inspect(shown, options)}`;
    }
  }
  // constructorOf is the class of a URL: one that extends URL, where a rule made that.
  function constructorOf(url) {
    for (let o = url; o; o = getPrototypeOf(o)) {
      const d = getOwnPropertyDescriptor(o, 'constructor');
      if (d !== undefined && typeof d.value === 'function' && d.value.name !== '') return d.value;
    }
    return URL;
  }
  defineProperties(URL.prototype, {
    [tagSymbol]: { value: 'URL', configurable: true },
    toString: enumerable, href: enumerable, origin: enumerable, protocol: enumerable, username: enumerable, password: enumerable, host: enumerable,
    hostname: enumerable, port: enumerable, pathname: enumerable, search: enumerable, searchParams: enumerable, hash: enumerable, toJSON: enumerable,
  });
  defineProperties(URL, { canParse: enumerable, parse: enumerable, createObjectURL: enumerable, revokeObjectURL: enumerable });
  return { URL, URLSearchParams };
})
