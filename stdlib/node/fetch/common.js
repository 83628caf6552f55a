'use strict';
// What the scripts of this package have in common.
const { defineProperty } = Object;
const custom = Symbol.for('nodejs.util.inspect.custom');

const { fail } = internal;
const badType = (name, want, value, kind = 'argument') => fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${kind} must be ${want}. Received ${internal.describe(value)}`);
const illegal = name => fail(TypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${name}`);
const missing = text => fail(TypeError, 'ERR_MISSING_ARGS', text);

// finish makes members of a class as Node has them: enumerable, with a tag and a view for console.
function finish(Class, names, view) {
  internal.enumerable(Class.prototype, Class.name, names);
  if (!view) return;
  defineProperty(Class.prototype, custom, {
    value: function (depth, options, inspect) {
      if (depth < 0) return `[${this.constructor.name}]`;
      return `${this.constructor.name} ${inspect(view(this), { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
    },
    writable: true, configurable: true,
  });
}
module.exports = { fail, badType, illegal, missing, finish, custom };
