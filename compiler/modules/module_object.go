package modules

// bareModules is what esbuild puts before CommonJS modules, and nodeModules what stands there instead:
// module has what Node's has, and module.parent is the module that required it first, which for those
// that rules require is the rule's. The lines are as many.
const (
	bareModules = `var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
`
	nodeModules = `var __commonJS = (cb, mod) => function __require() {
  if (mod) return mod.exports; const name = __getOwnPropNames(cb)[0], before = __loading;
  try { (0, cb[name])((mod = __loading = new __Module(name, before)).exports, mod); mod.loaded = true; return mod.exports; }
  catch (e) { before.children.splice(before.children.indexOf(mod), 1); throw mod = 0, e; } finally { __loading = before; }
};
` + moduleClass + `
var __loading = Object.assign(new __Module("rule.js", null), { id: ".", loaded: true });
`
)

// moduleClass makes the module of a file, which stands where [virtual] says.
const moduleClass = `class __Module {` +
	` constructor(name, parent) { name = "/" + name; const at = name.lastIndexOf("/node_modules/");` +
	` this.id = this.filename = name.slice(at < 0 ? name.lastIndexOf("/") : at); this.path = this.filename.slice(0, this.filename.lastIndexOf("/")) || "/";` +
	` this.exports = {}; this.loaded = false; this.children = [];` +
	` Object.defineProperty(this, "parent", { value: parent, writable: true, configurable: true }); if (parent) parent.children.push(this); }` +
	` get paths() { const all = []; for (let at = this.path === "/" ? "" : this.path; ; at = at.slice(0, at.lastIndexOf("/"))) {` +
	` if (!at.endsWith("/node_modules")) all.push(at + "/node_modules"); if (at === "") return all; } }` +
	` require(id) { return require(id); } }`
