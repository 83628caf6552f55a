// ip(address).in_range(ranges)
const { in_range } = require('package');
module.exports = (address) => ({ in_range: (ranges) => in_range(address, ranges) });
