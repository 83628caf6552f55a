// The package is a function that makes it.
module.exports = require('package')();
