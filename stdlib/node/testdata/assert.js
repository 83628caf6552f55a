const assert = require('assert');
const say = f => { try { f(); console.log('ok'); } catch (e) { console.log(e.name, e.code, e.message.split('\n')[0]); } };
say(() => assert(true)); say(() => assert(false, 'm')); say(() => assert.equal(1, '1')); say(() => assert.strictEqual(1, 2)); say(() => assert.deepEqual({ a: 1 }, { a: '1' }));
say(() => assert.deepStrictEqual({ a: 1 }, { a: 2 })); say(() => assert.throws(() => { throw new TypeError('x'); }, TypeError)); say(() => assert.throws(() => {})); say(() => assert.doesNotThrow(() => {}));
say(() => assert.notStrictEqual(1, 1)); say(() => assert.fail('f')); say(() => assert.ifError(null)); say(() => assert.match('abc', /b/)); say(() => assert.strict.equal(1, '1', 'strict'));
assert.rejects(Promise.reject(new Error('r')), /r/).then(() => console.log('rejects'));
console.log(new assert.AssertionError({ actual: 1, expected: 2, operator: 'strictEqual' }).code);
