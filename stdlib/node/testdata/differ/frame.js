// What the cases of this folder are made with: show writes a value down in full, without
// util.inspect; c adds a case; run evaluates all and prints a line each.
const show = (() => {
  const seen = new Set();
  const str = s => { let o = ''; for (let i = 0; i < s.length; i++) { const c = s.charCodeAt(i); o += c < 32 || c > 126 ? '\\u' + c.toString(16).padStart(4, '0') : s[i]; } return "'" + o + "'"; };
  function show(v, d = 0) {
    if (typeof v === 'string') return str(v.length > 3000 ? v.slice(0, 3000) + '…' + v.length : v);
    if (v === null || v === undefined || typeof v === 'boolean') return String(v);
    if (typeof v === 'number') return Object.is(v, -0) ? '-0' : String(v);
    if (typeof v === 'bigint') return v + 'n';
    if (typeof v === 'symbol') return v.toString();
    if (typeof v === 'function') return `fn ${v.name}/${v.length}`;
    if (seen.has(v)) return '<cycle>';
    if (d > 5) return '…';
    seen.add(v);
    try {
      if (Error.prototype.isPrototypeOf(v) || v instanceof Error || Object.prototype.toString.call(v) === '[object Error]' || (typeof DOMException !== 'undefined' && v instanceof DOMException)) {
        let s = `${v.name}[${show(v.code, d + 1)}](${str(String(v.message))})`;
        // How it is written: Node's own errors have their code in the text, those of the engine have not.
        const head = String(v), plain = `${v.name}${v.message ? `: ${v.message}` : ''}`;
        const atHead = s => s;
        if (head !== plain) s += ` is ${head.startsWith(`${v.name} [${v.code}]: `) ? 'coded' : str(head)}`;
        if (typeof v.stack === 'string' && !v.stack.startsWith(head)) s += ` stack ${str(v.stack.split('\n')[0])}`;
        const ks = Object.keys(v).filter(k => !['stack', 'code', 'message', 'name', 'opensslErrorStack', 'reason', 'library', 'function'].includes(k)).sort();
        if (ks.length && d < 3) s += '{' + ks.map(k => k + ':' + show(v[k], d + 1)).join(',') + '}';
        return s;
      }
      if (ArrayBuffer.isView(v)) {
        const hex = [...new Uint8Array(v.buffer, v.byteOffset, Math.min(v.byteLength, 400))].map(b => b.toString(16).padStart(2, '0')).join('');
        return `${v.constructor && v.constructor.name}(${v.byteLength}:${hex})`;
      }
      if (v instanceof ArrayBuffer) return `ArrayBuffer(${[...new Uint8Array(v)].slice(0, 400).map(b => b.toString(16).padStart(2, '0')).join('')})`;
      if (Array.isArray(v)) return '[' + v.slice(0, 300).map(x => show(x, d + 1)).join(', ') + (v.length > 300 ? '…' + v.length : '') + ']';
      if (v instanceof Map) return 'Map{' + [...v].map(([k, x]) => show(k, d + 1) + '=>' + show(x, d + 1)) + '}';
      if (v instanceof Set) return 'Set{' + [...v].map(x => show(x, d + 1)) + '}';
      if (v instanceof Date) return 'Date ' + (isNaN(v) ? 'invalid' : v.toISOString());
      if (v instanceof RegExp) return String(v);
      if (v instanceof Promise) return 'Promise';
      const p = Object.getPrototypeOf(v), n = p === null ? 'null:' : p === Object.prototype ? '' : (v.constructor && v.constructor.name || '?') + ' ';
      return n + '{' + Object.keys(v).slice(0, 200).map(k => str(k) + ':' + (() => { try { return show(v[k], d + 1); } catch (e) { return '!' + e.message; } })()).join(', ') + '}';
    } finally { seen.delete(v); }
  }
  return show;
})();
const cases = [];
const c = (name, f) => cases.push([name, f]);
async function run() {
  for (const [name, f] of cases) {
    let result;
    try { result = show(await f()); } catch (e) { result = `THROWS ${show(e)}`; }
    console.log(JSON.stringify([name, result]));
  }
}
