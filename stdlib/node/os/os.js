// Node's os with answers that say nothing of the host.
const { errno, signals } = internal.tables;
const refused = name => ({ [name]() { throw new Error(`os.${name} is not provided by Ferrule`); } })[name];
const text = (f, v) => Object.defineProperty(f, Symbol.toPrimitive, { value: () => v, configurable: true });
Object.assign(exports, {
  arch: text(() => 'x64', 'x64'), availableParallelism: () => 1, cpus: () => [], endianness: text(() => 'LE', 'LE'), freemem: () => 1073741824, totalmem: () => 2147483648,
  homedir: text(() => '/', '/'), hostname: text(() => 'localhost', 'localhost'), loadavg: () => [0, 0, 0], networkInterfaces: () => ({}), platform: text(() => 'linux', 'linux'),
  release: text(() => '5.0.0', '5.0.0'), tmpdir: text(() => '/tmp', '/tmp'), type: text(() => 'Linux', 'Linux'), userInfo: () => ({ uid: 0, gid: 0, username: 'node', homedir: '/', shell: null }),
  uptime: () => require('process').uptime(), version: text(() => '#1', '#1'), machine: text(() => 'x86_64', 'x86_64'), getPriority: () => 0, setPriority: refused('setPriority'),
  constants: { UV_UDP_REUSEADDR: 4, dlopen: { RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8 }, errno, signals, priority: { PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0, PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14, PRIORITY_HIGHEST: -20 } },
  EOL: '\n', devNull: '/dev/null',
});
