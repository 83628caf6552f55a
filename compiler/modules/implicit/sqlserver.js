// sqlserver.connect(options) is a connection.
const { Connection, Request, TYPES } = require('package');
module.exports = { connect: (options) => new Connection(options), Connection, Request, Types: TYPES };
