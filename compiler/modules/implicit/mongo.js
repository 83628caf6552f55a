// mongo(url, (db) => …); whoever cannot connect has no db, and the run fails.
const mongodb = require('package');
module.exports = (url, callback) => {
  if (!url) throw new Error('mongo needs the URL of a database');
  if (/^mongo:\/\//.test(url)) throw new Error('the URL of a database begins with mongodb://, not with mongo://');
  mongodb.MongoClient.connect(url, (error, db) => {
    if (error) throw error;
    callback(db);
  });
};
for (const name of ['Long', 'Double', 'ObjectID', 'Timestamp', 'BSON']) {
  module.exports[name] = name === 'BSON' ? mongodb.BSON || mongodb.BSONPure || mongodb : mongodb[name];
}
