// postgres(url, (error, client, done) => …)
const pg = require('package');
module.exports = (url, callback) => pg.connect(url, callback);
