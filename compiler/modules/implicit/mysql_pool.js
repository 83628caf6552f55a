// mysql_pool(options) is a pool. It is not kept from login to login: connections are a run's own.
const { createPool } = require('package');
module.exports = (options) => createPool(typeof options === 'string' ? options : { connectionLimit: 30, ...options });
