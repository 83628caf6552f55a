// What Node's assert has and the polyfill has not.
const assert = internal.base();
class CallTracker { constructor() { throw new Error('assert.CallTracker is not provided by Ferrule'); } }
assert.CallTracker = CallTracker;
if (assert.strict) assert.strict.CallTracker = CallTracker;
module.exports = assert;
