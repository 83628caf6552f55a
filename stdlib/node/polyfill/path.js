// Node's path, for both kinds of systems.
const posix = internal.base(), win32 = internal.win32();
for (const p of [posix, win32]) {
  p.toNamespacedPath = p.toNamespacedPath || (path => path);
  p._makeLong = p.toNamespacedPath;
  p.matchesGlob = () => { throw new Error('path.matchesGlob is not provided by Ferrule'); };
  p.posix = posix;
  p.win32 = win32;
}
module.exports = posix;
