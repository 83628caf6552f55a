// What rules find in engines that get and give JSON texts, and how they are called. ES5.
function UnauthorizedError(message) {
  this.name = 'UnauthorizedError';
  this.message = message;
}
var console = { log: function () {}, info: function () {}, warn: function () {}, error: function () {}, debug: function () {} };
var global = {};
function require() { return function () { return {}; }; }

var __state = { called: false };
function __callback(error, user, context) {
  if (!__state.called) {
    __state.called = true;
    __state.error = error;
    __state.user = user;
    __state.context = context;
  }
}

// __run answers both objects as a JSON array, or D and the words of a denial, or F.
function __run(user, context) {
  __state.user = JSON.parse(user);
  __state.context = JSON.parse(context);
  for (var i = 0; i < __rules.length; i++) {
    __state.called = false;
    __rules[i](__state.user, __state.context, __callback);
    if (!__state.called) return 'F';
    if (__state.error) return __state.error.name === 'UnauthorizedError' ? 'D' + __state.error.message : 'F';
  }
  return JSON.stringify([__state.user, __state.context]);
}
