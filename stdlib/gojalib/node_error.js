(function () {
  const { defineProperty } = Object;
  // native is for errors of Node's native parts: the code is a property, and nothing more.
  function native(Type, code, message) {
    const e = new Type(message);
    defineProperty(e, 'code', { value: code, writable: true, enumerable: true, configurable: true });
    return e;
  }
  function fail(Type, code, message) {
    const e = new Type(message);
    // The stack is written down when it is first read: its head has the code, as the text of the error has.
    defineProperty(e, 'name', { value: `${e.name} [${code}]`, configurable: true });
    void e.stack;
    delete e.name;
    defineProperty(e, 'toString', { value() { return `${this.name} [${code}]: ${this.message}`; }, writable: true, configurable: true });
    defineProperty(e, 'code', { value: code, writable: true, enumerable: true, configurable: true });
    return e;
  }
  defineProperty(fail, 'native', { value: native });
  return { fail };
})
