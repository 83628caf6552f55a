// Node's path, for both kinds of systems.
const path = internal.base();
for (const p of [path.posix, path.win32]) p.matchesGlob = () => { throw new Error('path.matchesGlob is not provided by Ferrule'); };
module.exports = path;
