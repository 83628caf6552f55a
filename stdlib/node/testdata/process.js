console.log(typeof process.nextTick, process.version.split('.')[0], process.platform, process.arch, typeof process.versions.node, process.release.name, Array.isArray(process.argv), typeof process.hrtime()[0], typeof process.hrtime.bigint(), typeof process.uptime(), typeof process.memoryUsage().heapUsed, Object.prototype.toString.call(process));
process.nextTick((a, b) => console.log('tick', a, b), 1, 2);
try { process.nextTick(5); } catch (e) { console.log(e.code, e.message); }
process.once('x', v => console.log('x', v)); process.emit('x', 1);
process.stdout.write('written\n');
const timers = require('timers');
timers.setTimeout(() => console.log('timeout'), 1);
require('timers/promises').setTimeout(3, 'v').then(v => console.log(v));
console.log(require('process') === process, process.env.NODE_ENV);
