// mysql(options) is a connection.
const { createConnection } = require('package');
module.exports = (options) => createConnection(options);
