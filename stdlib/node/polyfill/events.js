// Node's events. An EventTarget keeps its listeners to itself.
const EventEmitter = internal.base();
shareSettings(EventEmitter, 'defaultMaxListeners', 'captureRejections');
const { getEventListeners } = { getEventListeners(target, type) {
  if (target && typeof target.listeners !== 'function' && target instanceof internal.global('EventTarget')) throw new Error('events.getEventListeners of an EventTarget is not provided by Ferrule');
  return listenersOf(target, type);
} };
const listenersOf = EventEmitter.getEventListeners;
EventEmitter.getEventListeners = getEventListeners;
module.exports = EventEmitter;
