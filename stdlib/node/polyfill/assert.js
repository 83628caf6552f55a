// Node's assert.
module.exports = internal.base();
