module.exports = require('package').ObjectID;
