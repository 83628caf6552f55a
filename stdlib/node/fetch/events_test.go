package fetch_test

import "testing"

const show = `const show = f => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };`

var eventScripts = map[string]string{
	"members": `
		for (const C of [Event, EventTarget, AbortController, AbortSignal, CustomEvent]) {
			console.log(C.name, C.length, Object.getOwnPropertyNames(C).filter(n => !['arguments', 'caller'].includes(n)).sort().join(), Object.getPrototypeOf(C.prototype) === Object.prototype);
			console.log(Object.getOwnPropertyNames(C.prototype).sort().map(n => { const d = Object.getOwnPropertyDescriptor(C.prototype, n); return n + (d.enumerable ? '+' : '-') + (d.get ? 'g' : '') + (d.set ? 's' : ''); }).join(' '));
			console.log(Object.prototype.toString.call(C.prototype));
		}`,
	"event": show + `
		const e = new Event('x', { cancelable: true });
		console.log(e.type, e.bubbles, e.cancelable, e.composed, e.eventPhase, e.target, e.currentTarget, e.returnValue, e.isTrusted, e.cancelBubble, e.composedPath(), String(e));
		e.preventDefault(); console.log(e.defaultPrevented, e.returnValue); e.cancelBubble = true; console.log(e.cancelBubble);
		e.initEvent('y', true); console.log(e.type, e.bubbles, e.cancelable);
		console.log(require('util').inspect(e).replace(/[\d.]+\n/, 'T\n'), Event.BUBBLING_PHASE);
		show(() => new Event()); show(() => new Event('a', 1)); show(() => new Event(Symbol('a'))); show(() => Event.prototype.type); show(() => new Event('a', null).type);
		show(() => new CustomEvent('x', { detail: 3 }).detail); show(() => new CustomEvent('x').detail); show(() => new CustomEvent());`,
	"target": show + `
		const t = new EventTarget(); console.log(t, String(t));
		t.addEventListener('a', function (e) { console.log('one', e.type, this === t, e.target === t, e.eventPhase, e.composedPath().length); });
		t.addEventListener('a', { handleEvent(e) { console.log('two', e.type); } }, { once: true });
		const three = e => { console.log('three'); e.stopImmediatePropagation(); }; t.addEventListener('a', three); t.addEventListener('a', three);
		t.addEventListener('a', () => console.log('never'));
		console.log(t.dispatchEvent(new Event('a'))); t.removeEventListener('a', three); t.dispatchEvent(new Event('a'));
		t.addEventListener('b', e => e.preventDefault()); console.log(t.dispatchEvent(new Event('b')), t.dispatchEvent(new Event('b', { cancelable: true })));
		t.addEventListener('c', e => e.preventDefault(), { passive: true }); console.log(t.dispatchEvent(new Event('c', { cancelable: true })));
		show(() => t.addEventListener('a')); show(() => t.addEventListener('a', 1)); show(() => t.addEventListener('a', null)); show(() => t.dispatchEvent({})); show(() => t.dispatchEvent());
		show(() => t.addEventListener('a', () => {}, { signal: 1 })); show(() => EventTarget.prototype.addEventListener.call({}, 'a', () => {})); show(() => t.removeEventListener('a'));
		t.addEventListener('r', e => show(() => t.dispatchEvent(e))); t.dispatchEvent(new Event('r'));
		const c = new AbortController(); t.addEventListener('s', () => console.log('s'), { signal: c.signal }); t.dispatchEvent(new Event('s')); c.abort(); t.dispatchEvent(new Event('s'));
		class Mine extends EventTarget {} console.log(new Mine() instanceof EventTarget, new Mine());`,
	"abort": show + `
		const c = new AbortController(); console.log(c, c.signal, c.signal === c.signal);
		c.signal.onabort = function (e) { console.log('handler', this === c.signal, e.type, e.isTrusted); }; console.log(typeof c.signal.onabort);
		c.signal.addEventListener('abort', () => console.log('listener', c.signal.aborted));
		c.signal.throwIfAborted(); c.abort(); c.abort('again'); console.log(c.signal, c.signal.reason.name, c.signal.reason.code, c.signal.reason.message, c.signal.reason instanceof DOMException);
		show(() => c.signal.throwIfAborted());
		const d = new AbortController(); d.abort('why'); console.log(d.signal.reason); try { d.signal.throwIfAborted() } catch (e) { console.log(e) }
		console.log(AbortSignal.abort().reason.name, AbortSignal.abort(3).reason, AbortSignal.abort(3).aborted);
		show(() => new AbortSignal()); show(() => AbortSignal.timeout('x')); show(() => AbortSignal.timeout(-1)); show(() => AbortSignal.timeout(1.5)); show(() => AbortSignal.timeout(1e10));
		show(() => AbortSignal.prototype.aborted); c.signal.onabort = null; console.log(c.signal.onabort);`,
	"any": show + `
		show(() => AbortSignal.any()); show(() => AbortSignal.any([1])); show(() => AbortSignal.any(1)); console.log(AbortSignal.any([]).aborted);
		const a = new AbortController(), b = new AbortController(), s = AbortSignal.any([a.signal, b.signal]), s2 = AbortSignal.any([s]);
		s.addEventListener('abort', () => console.log('s')); s2.addEventListener('abort', () => console.log('s2')); b.signal.addEventListener('abort', () => console.log('b'));
		b.abort('b'); a.abort('a'); console.log(s.reason, s2.reason, AbortSignal.any([new AbortController().signal, a.signal]).reason);`,
	"timeout": `
		const s = AbortSignal.timeout(20); s.onabort = () => console.log(s.reason.name, s.reason.code, s.reason.message); setTimeout(() => console.log('end', s.aborted), 200);`,
	"messages": show + `
		const { port1, port2 } = new MessageChannel(); console.log(port1 instanceof MessagePort, port1 instanceof EventTarget, Object.keys(new MessageChannel()).join());
		console.log(new MessageEvent('m', { data: 4, origin: 'o', lastEventId: 'i', ports: [port1] }).ports.length); const e = new MessageEvent('m'); console.log(e.data, e.origin, e.lastEventId, e.source, e.ports, String(e));
		show(() => new MessagePort()); show(() => MessageChannel()); show(() => new MessageEvent().type); show(() => new MessageEvent('a', { source: 1 })); show(() => port1.postMessage()); show(() => port1.postMessage(() => 1));
		port2.onmessage = e => { console.log(e.constructor.name, e.type, e.data, e.target === port2, e.isTrusted, e.ports); };
		port2.on('message', v => console.log('on', v)); port2.once('message', v => console.log('once', v)); port2.addEventListener('message', e => console.log('listener', e.data));
		const o = { a: 1, self: null }; o.self = o; port1.postMessage(o); o.a = 2; port1.postMessage('two'); console.log('sent');
		port2.on('close', () => console.log('close two'));
		Promise.resolve().then(() => console.log('promise')); process.nextTick(() => console.log('tick'));
		setTimeout(() => { port2.close(); port1.postMessage('lost'); }, 50);
		const c = new MessageChannel(); c.port1.postMessage('early'); setTimeout(() => { c.port2.on('message', v => { console.log('late', v); c.port1.close(); }); }, 20);`,
	"unreferenced": `AbortSignal.timeout(60000); console.log('end')`,
}

func TestEvents(t *testing.T) { sameAll(t, eventScripts) }
